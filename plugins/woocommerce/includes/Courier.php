<?php
/**
 * Speaks to the server.
 *
 * @package Refledger
 */

namespace Refledger;

use WP_Error;

defined( 'ABSPATH' ) || exit;

/**
 * Signs a batch and posts it. The only place from which anything leaves the shop, and never in a buyer's request.
 */
class Courier {

	const TIMEOUT = 15;

	/**
	 * Sends a batch. Redirects are not followed: what was signed for one address is for no other.
	 *
	 * @param string $body The batch as JSON.
	 */
	public function post( string $body ): Answer {
		$now     = time();
		$url     = Settings::get( 'server' ) . '/hooks/v1/events/' . rawurlencode( Settings::get( 'store_id' ) );
		$headers = Settings::signer()->headers( wp_generate_uuid4(), $now, $body );
		$answer  = wp_remote_post(
			$url,
			array(
				'body'               => $body,
				'headers'            => $headers + array(
					'content-type' => 'application/json',
					'accept'       => 'application/json',
				),
				'timeout'            => self::TIMEOUT,
				'redirection'        => 0,
				'reject_unsafe_urls' => ! self::is_local(),
				'user-agent'         => 'Refledger-WooCommerce/' . VERSION,
			)
		);
		if ( $answer instanceof WP_Error ) {
			return new Answer( 0, $answer->get_error_message(), '', $now );
		}
		$wish = wp_remote_retrieve_header( $answer, 'retry-after' );
		return new Answer(
			(int) wp_remote_retrieve_response_code( $answer ),
			wp_remote_retrieve_body( $answer ),
			is_string( $wish ) ? $wish : '',
			$now
		);
	}

	/**
	 * Asks the server whether it knows this shop.
	 */
	public function knock(): Answer {
		$event = array(
			'eventId'    => wp_generate_uuid4(),
			'type'       => 'plugin.heartbeat',
			'occurredAt' => gmdate( 'Y-m-d\TH:i:s\Z' ),
		);
		return $this->post( (string) wp_json_encode( array( 'events' => array( $event ) ) ) );
	}

	/**
	 * Whether this is a developer's own machine, where http and private addresses are of use.
	 */
	public static function is_local(): bool {
		return 'local' === wp_get_environment_type();
	}
}
