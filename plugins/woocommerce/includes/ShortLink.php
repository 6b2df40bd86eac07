<?php
/**
 * Short links on the shop's own domain.
 *
 * @package Refledger
 */

namespace Refledger;

use WP;

defined( 'ABSPATH' ) || exit;

/**
 * `/go/<slug>`, or `/?refledger_link=<slug>` where the shop has plain addresses, leads to the same link of the Refledger
 * server, which knows its target and counts the click. The server's address comes from the settings and never from the
 * request, so that it leads nowhere else.
 */
final class ShortLink {

	/** The query variable that holds the slug. */
	const VARIABLE = 'refledger_link';

	/** What is handed on of an address: more parameters, or longer ones, are no link's. */
	const MOST_PARAMETERS   = 20;
	const LONGEST_PARAMETER = 500;

	/**
	 * Listens.
	 */
	public static function listen(): void {
		add_action( 'init', Guard::action( array( self::class, 'add_rule' ) ) );
		add_filter( 'query_vars', Guard::filter( array( self::class, 'add_variable' ) ) );
		add_action( 'parse_request', Guard::action( array( self::class, 'follow' ) ), 1 );
	}

	/**
	 * Adds the rule; the site's rules are only made anew when it is another one than before.
	 */
	public static function add_rule(): void {
		$prefix = self::prefix();
		$rule   = '' === $prefix ? '' : '^' . $prefix . '/([A-Za-z0-9-]{3,64})/?$';
		if ( '' !== $rule ) {
			add_rewrite_rule( $rule, 'index.php?' . self::VARIABLE . '=$matches[1]', 'top' );
		}
		self::remember( $rule );
	}

	/**
	 * Takes the rule away, with the plugin.
	 */
	public static function remove_rule(): void {
		self::remember( '' );
	}

	/**
	 * Lets WordPress make its rules anew when it next needs them, if ours is not among them as it is now.
	 *
	 * @param string $rule The rule; empty for none.
	 */
	private static function remember( string $rule ): void {
		if ( Settings::get( 'link_rule' ) !== $rule ) {
			Settings::change( array( 'link_rule' => $rule ) );
			delete_option( 'rewrite_rules' );
		}
	}

	/**
	 * Lets WordPress read the variable.
	 *
	 * @param string[] $names What there is.
	 * @return string[]
	 */
	public static function add_variable( array $names ): array {
		$names[] = self::VARIABLE;
		return $names;
	}

	/**
	 * Leads on. No cache may keep the answer: each click is to be counted, and the link may lead elsewhere tomorrow.
	 *
	 * @param WP $request The request.
	 */
	public static function follow( WP $request ): void {
		$slug = $request->query_vars[ self::VARIABLE ] ?? null;
		if ( null === $slug || '' === self::prefix() ) {
			return;
		}
		// phpcs:ignore WordPress.Security.NonceVerification.Recommended, WordPress.Security.ValidatedSanitizedInput.InputNotSanitized -- a link that anybody may follow; checked and encoded below.
		$target = self::target( Settings::get( 'server' ), $slug, wp_unslash( $_GET ) );
		self::forbid_caches();
		if ( null === $target ) {
			$request->query_vars = array( 'error' => '404' );
			return;
		}
		header( 'X-Robots-Tag: noindex, nofollow' );
		wp_redirect( $target, 302, 'Refledger' ); // phpcs:ignore WordPress.Security.SafeRedirect.wp_redirect_wp_redirect -- to the connected server, whose address is a setting.
		exit;
	}

	/**
	 * Where a link leads; null for what can be no slug. The server looks for the sub-id, and for what an ad network added,
	 * and leaves everything else.
	 *
	 * @param string       $server The server's address.
	 * @param mixed        $slug   What stands in the address.
	 * @param array<mixed> $given  The address's parameters, decoded.
	 */
	public static function target( string $server, $slug, array $given ): ?string {
		if ( '' === $server || ! is_string( $slug ) || 1 !== preg_match( '/^[A-Za-z0-9][A-Za-z0-9-]{2,63}$/D', $slug ) ) {
			return null;
		}
		unset( $given[ self::VARIABLE ] );
		$kept = array();
		foreach ( array_slice( $given, 0, self::MOST_PARAMETERS, true ) as $name => $value ) {
			if ( is_string( $value ) && strlen( $value ) <= self::LONGEST_PARAMETER && 1 === preg_match( '/^[A-Za-z0-9_.-]{1,64}$/D', (string) $name ) ) {
				$kept[ $name ] = $value;
			}
		}
		$address = $server . '/r/' . strtolower( $slug );
		return array() === $kept ? $address : $address . '?' . http_build_query( $kept, '', '&', PHP_QUERY_RFC3986 );
	}

	/**
	 * The address of a link as the shop shows it; empty where there are none.
	 *
	 * @param string $slug The link's slug.
	 */
	public static function address( string $slug ): string {
		$prefix = self::prefix();
		if ( '' === $prefix ) {
			return '';
		}
		return '' === (string) get_option( 'permalink_structure' ) ? home_url( '/?' . self::VARIABLE . '=' . $slug ) : home_url( "/$prefix/$slug" );
	}

	/**
	 * The first part of the links' path; empty while there are none.
	 */
	private static function prefix(): string {
		return Settings::is_connected() ? Settings::get( 'link_prefix' ) : '';
	}

	/**
	 * Tells the browser's, the host's and the plugins' caches that the answer is not for them.
	 */
	private static function forbid_caches(): void {
		if ( ! defined( 'DONOTCACHEPAGE' ) ) {
			define( 'DONOTCACHEPAGE', true ); // phpcs:ignore WordPress.NamingConventions.PrefixAllGlobals -- the name that cache plugins look for.
		}
		nocache_headers();
	}
}
