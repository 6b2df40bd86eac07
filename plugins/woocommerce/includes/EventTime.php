<?php
/**
 * Times of events.
 *
 * @package Refledger
 */

namespace Refledger;

defined( 'ABSPATH' ) || exit;

/**
 * Times as the server takes them: ISO 8601, UTC, and saying so.
 */
final class EventTime {

	/**
	 * A time of WooCommerce's REST, UTC without saying so, as one that says so.
	 *
	 * @param string $gmt For example `2026-11-21T03:29:34`.
	 */
	public static function of_gmt( string $gmt ): string {
		return rtrim( $gmt, 'Z' ) . 'Z';
	}

	/**
	 * The same of a time that an order need not have.
	 *
	 * @param string|null $gmt The time.
	 */
	public static function of_gmt_or_null( ?string $gmt ): ?string {
		return null === $gmt ? null : self::of_gmt( $gmt );
	}

	/**
	 * A Unix time as text.
	 *
	 * @param int $seconds Unix time in seconds.
	 */
	public static function of_seconds( int $seconds ): string {
		return gmdate( 'Y-m-d\TH:i:s\Z', $seconds );
	}
}
