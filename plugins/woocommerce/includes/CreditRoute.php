<?php
/**
 * The route behind the order's box.
 *
 * @package Refledger
 */

namespace Refledger;

use WC_Order;
use WP_Error;
use WP_REST_Request;
use WP_REST_Response;

defined( 'ABSPATH' ) || exit;

/**
 * `GET /wp-json/refledger/v1/orders/<id>/credit`: asks the server for staff who look at an order. The page is shown
 * before anybody is asked, so that a server that is away costs nothing but this answer.
 */
final class CreditRoute {

	/**
	 * Registers the route.
	 */
	public static function register(): void {
		register_rest_route(
			'refledger/v1',
			'/orders/(?P<id>\d{1,18})/credit',
			array(
				'methods'             => 'GET',
				'callback'            => array( self::class, 'answer' ),
				// WordPress checks the nonce that the page sends along before it takes anybody for signed in.
				'permission_callback' => array( self::class, 'may_read' ),
			)
		);
	}

	/**
	 * The route's address for an order.
	 *
	 * @param int $order_id The order.
	 */
	public static function address( int $order_id ): string {
		return rest_url( 'refledger/v1/orders/' . $order_id . '/credit' );
	}

	/**
	 * Whether the caller may edit the shop's orders.
	 */
	public static function may_read(): bool {
		return current_user_can( 'edit_shop_orders' );
	}

	/**
	 * Who is credited, or why that cannot be said.
	 *
	 * @param WP_REST_Request $request The request.
	 * @phpstan-param WP_REST_Request<array<string, mixed>> $request
	 * @return WP_REST_Response|WP_Error
	 */
	public static function answer( WP_REST_Request $request ) {
		$order_id = (int) $request->get_param( 'id' );
		if ( ! Settings::is_connected() || ! wc_get_order( $order_id ) instanceof WC_Order ) {
			return new WP_Error( 'refledger_no_order', __( 'There is no such order, or the shop is not connected.', 'refledger' ), array( 'status' => 404 ) );
		}
		nocache_headers();
		$credit  = self::find( $order_id );
		$receipt = '' === $credit->receipt_path ? null : Settings::get( 'server' ) . $credit->receipt_path;
		return new WP_REST_Response(
			array(
				'words'   => $credit->words,
				'receipt' => $receipt,
			)
		);
	}

	/**
	 * What was answered some minutes ago, or is answered now. Kept by the connection too: another one knows other orders.
	 *
	 * @param int $order_id The order.
	 */
	private static function find( int $order_id ): Credit {
		$name  = 'refledger_credit_' . md5( Settings::get( 'server' ) . ' ' . Settings::get( 'store_id' ) . ' ' . $order_id );
		$known = Credit::recall( get_transient( $name ) );
		if ( null !== $known ) {
			return $known;
		}
		$credit = ( new Courier() )->ask( $order_id );
		set_transient( $name, $credit->keep(), $credit->is_settled ? Credit::KEPT_FOR : Credit::KEPT_BRIEFLY );
		return $credit;
	}
}
