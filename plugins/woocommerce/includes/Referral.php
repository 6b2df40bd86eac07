<?php
/**
 * Who sent the buyer.
 *
 * @package Refledger
 */

namespace Refledger;

use WC_Order;

defined( 'ABSPATH' ) || exit;

/**
 * What an order says about who sent the buyer, read from its meta data (S3).
 */
final class Referral {

	/** The affiliate's code. */
	const CODE = '_refledger_ref';

	/** JSON with `source`, and as far as known `visitor`, `landedAt` and `checkoutStartedAt`: one row of the shop's database. */
	const EVIDENCE = '_refledger_evidence';

	/** WooCommerce's own attribution: the address on which the session began, also where our script was blocked. */
	const SESSION_ENTRY = '_wc_order_attribution_session_entry';

	/**
	 * The referral as the server takes it; null when the order says nothing.
	 *
	 * @param array<string, string> $meta   Values of the order's meta data by key.
	 * @param string[]              $params URL parameters that may carry a code.
	 * @return array<string, string>|null
	 */
	public static function read( array $meta, array $params ): ?array {
		$evidence = self::evidence( $meta );
		$code     = $meta[ self::CODE ] ?? '';
		$visitor  = $evidence['visitor'] ?? '';
		$referral = array();
		if ( AffiliateCode::is_valid( $code ) ) {
			$referral = array(
				'code'   => $code,
				'source' => self::name_source( $evidence['source'] ?? '' ),
			);
		} else {
			$landing = self::code_of_address( $meta[ self::SESSION_ENTRY ] ?? '', $params );
			if ( null !== $landing ) {
				$referral = array(
					'code'   => $landing,
					'source' => 'landing page',
				);
			}
		}
		if ( AffiliateCode::is_valid( $visitor ) ) {
			$referral['visitorKey'] = $visitor;
		}
		if ( array() !== $referral && isset( $evidence['landedAt'] ) && ( $referral['code'] ?? '' ) === $code ) {
			$referral['landedAt'] = $evidence['landedAt'];
		}
		return array() === $referral ? null : $referral;
	}

	/**
	 * The referral of an order as it stands in the shop.
	 *
	 * @param WC_Order $order The order.
	 * @return array<string, string>|null
	 */
	public static function of_order( WC_Order $order ): ?array {
		$meta = array();
		foreach ( array( self::CODE, self::EVIDENCE, self::SESSION_ENTRY ) as $key ) {
			$meta[ $key ] = (string) $order->get_meta( $key );
		}
		return self::read( $meta, Settings::params() );
	}

	/**
	 * The members of the evidence that are text; none when another plugin wrote into it.
	 *
	 * @param array<string, string> $meta Values of the order's meta data by key.
	 * @return array<string, string>
	 */
	public static function evidence( array $meta ): array {
		$members = json_decode( $meta[ self::EVIDENCE ] ?? '', true );
		return is_array( $members ) ? array_filter( $members, 'is_string' ) : array();
	}

	/**
	 * The first valid code among the named parameters of an address; null when there is none.
	 *
	 * @param string   $address A URL.
	 * @param string[] $params  Names of parameters.
	 */
	public static function code_of_address( string $address, array $params ): ?string {
		$query = strpos( $address, '?' );
		if ( false === $query ) {
			return null;
		}
		parse_str( explode( '#', substr( $address, $query + 1 ) )[0], $values );
		foreach ( $params as $name ) {
			$code = $values[ $name ] ?? null;
			if ( is_string( $code ) && AffiliateCode::is_valid( $code ) ) {
				return $code;
			}
		}
		return null;
	}

	/**
	 * Where the code was kept; `cookie` where it is not said.
	 *
	 * @param string $source As it stands in the evidence.
	 */
	private static function name_source( string $source ): string {
		return in_array( $source, array( 'session', 'checkout', 'order-pay' ), true ) ? $source : 'cookie';
	}
}
