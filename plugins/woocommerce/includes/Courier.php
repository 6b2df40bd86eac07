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

	/** Seconds for a batch. */
	const TIMEOUT = 15;

	/** Seconds for a question, while somebody looks at the page. */
	const PATIENCE = 5;

	/**
	 * Sends a batch.
	 *
	 * @param string $body The batch as JSON.
	 */
	public function post( string $body ): Answer {
		$now    = time();
		$answer = self::send( 'events', $body, self::TIMEOUT );
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
	 * Asks who is credited for an order; for staff who look at it.
	 *
	 * @param int $order_id The order.
	 */
	public function ask( int $order_id ): Credit {
		$answer = self::send( 'credits', (string) wp_json_encode( array( 'orderId' => (string) $order_id ) ), self::PATIENCE );
		if ( $answer instanceof WP_Error ) {
			return Credit::read( 0, '' );
		}
		return Credit::read( (int) wp_remote_retrieve_response_code( $answer ), wp_remote_retrieve_body( $answer ) );
	}

	/**
	 * Signs and posts. Redirects are not followed: what was signed for one address is for no other.
	 *
	 * @param string $hook    Which hook of the server.
	 * @param string $body    What is posted.
	 * @param int    $timeout Seconds.
	 * @return array<string, mixed>|WP_Error
	 */
	private static function send( string $hook, string $body, int $timeout ) {
		$url     = Settings::get( 'server' ) . '/hooks/v1/' . $hook . '/' . rawurlencode( Settings::get( 'store_id' ) );
		$headers = Settings::signer()->headers( wp_generate_uuid4(), time(), $body );
		return wp_remote_post(
			$url,
			array(
				'body'               => $body,
				'headers'            => $headers + array(
					'content-type' => 'application/json',
					'accept'       => 'application/json',
				),
				'timeout'            => $timeout,
				'redirection'        => 0,
				'reject_unsafe_urls' => ! self::is_local(),
				'user-agent'         => 'Refledger-WooCommerce/' . VERSION,
			)
		);
	}

	/**
	 * Asks the server whether it knows this shop.
	 */
	public function knock(): Answer {
		$event = array(
			'eventId'    => wp_generate_uuid4(),
			'type'       => 'plugin.heartbeat',
			'occurredAt' => EventTime::of_seconds( time() ),
			'shop'       => SystemStatus::tell(),
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
