<?php
/**
 * The route that keeps a code.
 *
 * @package Refledger
 */

namespace Refledger;

use WP_REST_Request;
use WP_REST_Response;

defined( 'ABSPATH' ) || exit;

/**
 * `POST` and `DELETE /wp-json/refledger/v1/visit`: sets the cookie that the storefront script sets too. A cookie that a
 * server set outlives the seven days that Safari gives a script's, and a page that came from a cache cannot set one.
 * Nothing is stored in the shop, nothing is told to the caller, so that there is nothing to flood.
 */
final class VisitRoute {

	/**
	 * Registers the route.
	 */
	public static function register(): void {
		$route = array(
			// Visitors are nobody in particular; the request can only set their own cookie.
			'permission_callback' => array( self::class, 'is_from_here' ),
		);
		register_rest_route(
			'refledger/v1',
			'/visit',
			array(
				array(
					'methods'  => 'POST',
					'callback' => array( self::class, 'keep' ),
					'args'     => array(
						'code' => array(
							'type'     => 'string',
							'required' => true,
							'pattern'  => '^[A-Za-z0-9_-]{1,64}$',
						),
					),
				) + $route,
				array(
					'methods'  => 'DELETE',
					'callback' => array( self::class, 'forget' ),
				) + $route,
			)
		);
	}

	/**
	 * Only pages of this shop may ask: another site could otherwise credit its own affiliate with a visitor who never
	 * came through a link.
	 *
	 * @param WP_REST_Request $request The request.
	 * @phpstan-param WP_REST_Request<array<string, mixed>> $request
	 */
	public static function is_from_here( WP_REST_Request $request ): bool {
		$origin = (string) $request->get_header( 'origin' );
		return '' === $origin || in_array( wp_parse_url( $origin, PHP_URL_HOST ), self::hosts(), true );
	}

	/**
	 * Keeps the code of a page's address.
	 *
	 * @param WP_REST_Request $request The request.
	 * @phpstan-param WP_REST_Request<array<string, mixed>> $request
	 */
	public static function keep( WP_REST_Request $request ): WP_REST_Response {
		$code = (string) $request->get_param( 'code' );
		if ( Settings::is_connected() && Consent::given_for_route() && AffiliateCode::is_valid( $code ) ) {
			$until = time() + Settings::cookie_seconds();
			self::set( Visit::CODE, $code, $until );
			self::set( Visit::LANDED, Visit::write_landed( $code, time() ), $until );
		}
		return self::answer();
	}

	/**
	 * Deletes what was kept: consent was withdrawn.
	 */
	public static function forget(): WP_REST_Response {
		foreach ( array( Visit::CODE, Visit::VISITOR, Visit::LANDED ) as $name ) {
			if ( isset( $_COOKIE[ $name ] ) ) {
				self::set( $name, '', 1 );
			}
		}
		return self::answer();
	}

	/**
	 * Hosts under which the shop is known.
	 *
	 * @return array<int, string|false|null>
	 */
	private static function hosts(): array {
		return array( wp_parse_url( home_url(), PHP_URL_HOST ), wp_parse_url( site_url(), PHP_URL_HOST ) );
	}

	/**
	 * Nothing, which no cache keeps.
	 */
	private static function answer(): WP_REST_Response {
		nocache_headers();
		return new WP_REST_Response( null, 204 );
	}

	/**
	 * Sets a cookie as the storefront script does: for all pages, and readable by it.
	 *
	 * @param string $name  The cookie's name.
	 * @param string $value Its value.
	 * @param int    $until Until when, in Unix seconds.
	 */
	private static function set( string $name, string $value, int $until ): void {
		setcookie(
			$name,
			$value,
			array(
				'expires'  => $until,
				'path'     => '/',
				'secure'   => is_ssl(),
				'httponly' => false,
				'samesite' => 'Lax',
			)
		);
	}
}
