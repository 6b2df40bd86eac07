<?php
/**
 * Consent.
 *
 * @package Refledger
 */

namespace Refledger;

defined( 'ABSPATH' ) || exit;

/**
 * Whether a code may be kept for this visitor. Where a consent plugin speaks through the WP Consent API it is asked
 * (category marketing), else the shop's setting holds. Coupons need no consent: the buyer types them.
 */
final class Consent {

	const CATEGORY = 'marketing';

	/**
	 * Registers with the WP Consent API.
	 */
	public static function register(): void {
		add_filter( 'wp_consent_api_registered_' . plugin_basename( PLUGIN_FILE ), '__return_true' );
	}

	/**
	 * Tells the WP Consent API which cookies there are, for the shop's cookie policy.
	 */
	public static function describe_cookies(): void {
		if ( ! function_exists( 'wp_add_cookie_info' ) ) {
			return;
		}
		/* translators: %d: number of days */
		$expires  = sprintf( __( '%d days', 'refledger' ), (int) Settings::get( 'cookie_days' ) );
		$purposes = array(
			Visit::CODE    => __( 'Remembers which partner recommended this shop.', 'refledger' ),
			Visit::VISITOR => __( 'A random number by which visits through a partner are recognised.', 'refledger' ),
			Visit::LANDED  => __( 'Remembers when a partner recommended this shop.', 'refledger' ),
		);
		foreach ( $purposes as $name => $purpose ) {
			wp_add_cookie_info( $name, 'Refledger', self::CATEGORY, $expires, $purpose );
		}
	}

	/**
	 * Whether a consent plugin is to be asked.
	 */
	public static function has_api(): bool {
		return function_exists( 'wp_has_consent' );
	}

	/**
	 * Whether what was kept for the visitor of this request may be used. Where consent is required and no plugin can be
	 * asked, a cookie is there only because there was consent: it is deleted when that is withdrawn.
	 */
	public static function given(): bool {
		$given = function_exists( 'wp_has_consent' )
			? (bool) wp_has_consent( self::CATEGORY )
			: Settings::CONSENT_GIVEN === Settings::get( 'consent' ) || isset( $_COOKIE[ Visit::CODE ] );
		return self::ask( $given );
	}

	/**
	 * The same for the request by which a page asks to keep a code. Without a consent plugin only the page can know: it
	 * asks when it has consent.
	 */
	public static function given_for_route(): bool {
		return self::ask( ! function_exists( 'wp_has_consent' ) || (bool) wp_has_consent( self::CATEGORY ) );
	}

	/**
	 * Lets the shop's own code have the last word.
	 *
	 * @param bool $given What the consent plugin or the setting says.
	 */
	private static function ask( bool $given ): bool {
		/**
		 * Filters whether a partner's code may be kept for the visitor of this request.
		 *
		 * @since 0.1.0
		 *
		 * @param bool $given What the consent plugin or the setting says.
		 */
		return (bool) apply_filters( 'refledger_has_consent', $given );
	}
}
