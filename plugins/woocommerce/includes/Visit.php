<?php
/**
 * A visit through an affiliate.
 *
 * @package Refledger
 */

namespace Refledger;

defined( 'ABSPATH' ) || exit;

/**
 * What a browser has kept of a visit through an affiliate. Whatever comes from a browser is checked here.
 */
final class Visit {

	/** The affiliate's code; the storefront script writes and reads the same cookie. */
	const CODE = '_aff_ref';

	/** The script's random key, by which the server joins a buyer's touches. */
	const VISITOR = '_aff_visitor';

	/** The code and when it came, e.g. `ANNA.1798000000`. */
	const LANDED = '_aff_landed';

	/**
	 * The visit that cookies tell of; empty when they tell of none.
	 *
	 * @param array<mixed> $cookies Cookies by name.
	 * @return array<string, string> As far as known `code`, `visitor` and `landedAt` (ISO 8601).
	 */
	public static function read( array $cookies ): array {
		$visit = array();
		$names = array(
			'code'    => self::CODE,
			'visitor' => self::VISITOR,
		);
		foreach ( $names as $member => $name ) {
			$value = $cookies[ $name ] ?? null;
			if ( is_string( $value ) && AffiliateCode::is_valid( $value ) ) {
				$visit[ $member ] = $value;
			}
		}
		$landed = self::read_landed( $cookies[ self::LANDED ] ?? null, $visit['code'] ?? '' );
		return null === $landed ? $visit : $visit + array( 'landedAt' => $landed );
	}

	/**
	 * A visit that was kept elsewhere, e.g. in the session, checked again.
	 *
	 * @param mixed $kept What was kept.
	 * @return array<string, string>
	 */
	public static function recall( $kept ): array {
		$visit = array();
		foreach ( is_array( $kept ) ? $kept : array() as $member => $value ) {
			$is_code = in_array( $member, array( 'code', 'visitor' ), true );
			$is_time = in_array( $member, array( 'landedAt', 'checkoutStartedAt' ), true );
			if ( is_string( $value ) && ( ( $is_code && AffiliateCode::is_valid( $value ) ) || ( $is_time && self::is_time( $value ) ) ) ) {
				$visit[ $member ] = $value;
			}
		}
		return $visit;
	}

	/**
	 * The value of the cookie LANDED.
	 *
	 * @param string $code The affiliate's code.
	 * @param int    $now  Unix time in seconds.
	 */
	public static function write_landed( string $code, int $now ): string {
		return $code . '.' . $now;
	}

	/**
	 * When the code came; null when the cookie is of another code or of none.
	 *
	 * @param mixed  $cookie The cookie.
	 * @param string $code   The affiliate's code.
	 */
	private static function read_landed( $cookie, string $code ): ?string {
		if ( ! is_string( $cookie ) || 1 !== preg_match( '/^([A-Za-z0-9_-]{1,64})\.(\d{10})$/D', $cookie, $parts ) || $parts[1] !== $code ) {
			return null;
		}
		return gmdate( 'Y-m-d\TH:i:s\Z', (int) $parts[2] );
	}

	/**
	 * Whether a text is a time as it is written here.
	 *
	 * @param string $text The text.
	 */
	private static function is_time( string $text ): bool {
		return 1 === preg_match( '/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/D', $text );
	}
}
