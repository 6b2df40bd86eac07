<?php
/**
 * Scripts of the shop's pages.
 *
 * @package Refledger
 */

namespace Refledger;

defined( 'ABSPATH' ) || exit;

/**
 * Puts two scripts on the shop's pages: the server's, which tells it of a visit through a link, and our own, which keeps
 * the code by the shop's own route and follows the visitor's consent. Both are the same for every visitor, so that pages
 * can be cached.
 */
final class Storefront {

	const SNIPPET = 'refledger-snippet';

	const OWN = 'refledger-storefront';

	/**
	 * Loads the scripts, once the shop is connected.
	 */
	public static function enqueue(): void {
		if ( ! Settings::is_connected() ) {
			return;
		}
		$async   = array(
			'strategy'  => 'async',
			'in_footer' => false,
		);
		$address = Settings::get( 'server' ) . '/snippet.js?store=' . rawurlencode( Settings::get( 'store_key' ) );
		// phpcs:ignore WordPress.WP.EnqueuedResourceParameters.MissingVersion -- the server says how long it may be kept.
		wp_enqueue_script( self::SNIPPET, $address, array(), null, $async );
		wp_enqueue_script( self::OWN, plugins_url( 'assets/js/storefront.js', PLUGIN_FILE ), array(), VERSION, $async );
		wp_add_inline_script( self::OWN, 'window.refledgerShop=' . wp_json_encode( self::options() ) . ';', 'before' );
	}

	/**
	 * What our script has to know.
	 *
	 * @return array<string, mixed>
	 */
	private static function options(): array {
		return array(
			'route'   => esc_url_raw( rest_url( 'refledger/v1/visit' ) ),
			'params'  => Settings::params(),
			'consent' => self::consent(),
			'signals' => 'yes' === Settings::get( 'privacy_signals' ),
		);
	}

	/**
	 * Who is asked about consent: `api`, the shop's own banner (`required`), or nobody (`granted`).
	 */
	private static function consent(): string {
		return Consent::has_api() ? 'api' : Settings::get( 'consent' );
	}

	/**
	 * Writes the server's script's options into its tag.
	 *
	 * @param string $tag    The tag.
	 * @param string $handle Which script it is.
	 */
	public static function describe_tag( string $tag, string $handle ): string {
		if ( self::SNIPPET !== $handle ) {
			return $tag;
		}
		$attributes = array(
			'data-params'  => implode( ',', Settings::params() ),
			'data-window'  => (string) Settings::cookie_seconds(),
			'data-consent' => 'granted' === self::consent() ? 'granted' : 'required',
		);
		if ( 'yes' === Settings::get( 'privacy_signals' ) ) {
			$attributes['data-privacy-signals'] = 'respect';
		}
		$text = '';
		foreach ( $attributes as $name => $value ) {
			$text .= $name . '="' . esc_attr( $value ) . '" ';
		}
		return str_replace( '<script ', '<script ' . $text, $tag );
	}
}
