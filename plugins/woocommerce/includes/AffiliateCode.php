<?php
/**
 * Affiliate and coupon codes.
 *
 * @package Refledger
 */

namespace Refledger;

defined( 'ABSPATH' ) || exit;

/**
 * Which codes a URL, cookie or checkout may carry, and how coupon codes are compared.
 */
final class AffiliateCode {

	/**
	 * True for a code that may be stored and sent; anything else from a browser is dropped.
	 *
	 * @param string $code The code as the browser sent it.
	 */
	public static function is_valid( string $code ): bool {
		return 1 === preg_match( '/^[A-Za-z0-9_-]{1,64}$/D', $code );
	}

	/**
	 * A coupon code as codes are compared: entities decoded once, then folded. WooCommerce hands over
	 * `Tom & Co` as `tom &amp; co`. ENT_XML1 decodes the five entities that it makes, and no locale's.
	 *
	 * @param string $raw The code as the shop holds it.
	 */
	public static function fold( string $raw ): string {
		return FoldedText::fold( html_entity_decode( $raw, ENT_QUOTES | ENT_XML1, 'UTF-8' ) );
	}
}
