<?php
/**
 * The route that connects the shop.
 *
 * @package Refledger
 */

namespace Refledger;

use InvalidArgumentException;
use WP_Error;
use WP_REST_Request;
use WP_REST_Response;

defined( 'ABSPATH' ) || exit;

/**
 * `PUT /wp-json/wc-refledger/v1/connection`: takes the connection key from the Refledger server after the owner has
 * agreed on WooCommerce's own page. WooCommerce checks its API keys for every namespace that begins with `wc-`; the key
 * must be one that may write, of somebody who may manage the shop.
 */
final class ConnectionRoute {

	/**
	 * Registers the route.
	 */
	public static function register(): void {
		register_rest_route(
			'wc-refledger/v1',
			'/connection',
			array(
				'methods'             => 'PUT',
				'callback'            => array( self::class, 'connect' ),
				'permission_callback' => array( self::class, 'may_connect' ),
				'args'                => array(
					'connectionKey' => array(
						'type'      => 'string',
						'required'  => true,
						'minLength' => 1,
						'maxLength' => 4096,
					),
				),
			)
		);
	}

	/**
	 * Whether the caller may manage the shop.
	 */
	public static function may_connect(): bool {
		return current_user_can( 'manage_woocommerce' );
	}

	/**
	 * Takes the key. The server is not asked back: it waits for this answer, and the next minute's job speaks to it.
	 *
	 * @param WP_REST_Request $request The request.
	 * @phpstan-param WP_REST_Request<array<string, mixed>> $request
	 * @return WP_REST_Response|WP_Error
	 */
	public static function connect( WP_REST_Request $request ) {
		nocache_headers();
		try {
			Settings::connect( ConnectionKey::parse( (string) $request->get_param( 'connectionKey' ), Courier::is_local() ) );
		} catch ( InvalidArgumentException $error ) {
			return new WP_Error( 'refledger_bad_key', $error->getMessage(), array( 'status' => 400 ) );
		}
		( new Health() )->resume();
		Schedule::ensure();
		$answer = array(
			'connected'     => true,
			'pluginVersion' => VERSION,
		);
		return new WP_REST_Response( $answer, 200 );
	}
}
