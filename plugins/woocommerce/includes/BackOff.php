<?php
/**
 * When to try again.
 *
 * @package Refledger
 */

namespace Refledger;

defined( 'ABSPATH' ) || exit;

/**
 * Waits longer after every failure, and gives up after the last wait: then a person looks at it.
 */
final class BackOff {

	const MINUTE = 60;

	const HOUR = 3600;

	/** The wait after the first failure, the second, and so on, in seconds. */
	const WAITS = array( self::MINUTE, 5 * self::MINUTE, 15 * self::MINUTE, self::HOUR, 6 * self::HOUR, 24 * self::HOUR );

	/** A server that asks for more is asked again after this long all the same. */
	const LONGEST_WISH = 24 * self::HOUR;

	/**
	 * The seconds until the next attempt; null when there is none.
	 *
	 * @param int      $failures How often it has failed, this time included: 1 or more.
	 * @param float    $jitter   From 0 to 1, at random, so that shops that failed together do not return together.
	 * @param int|null $wish     The server's Retry-After in seconds, if it said so; it may only make the wait longer.
	 */
	public static function wait( int $failures, float $jitter, ?int $wish = null ): ?int {
		if ( $failures > count( self::WAITS ) ) {
			return null;
		}
		$wait = self::WAITS[ $failures - 1 ];
		$wait = $wait + (int) ( $wait * $jitter / 5 );
		return max( $wait, min( $wish ?? 0, self::LONGEST_WISH ) );
	}
}
