<?php
/**
 * The column on the list of orders.
 *
 * @package Refledger
 */

namespace Refledger;

use WC_Order;

defined( 'ABSPATH' ) || exit;

/**
 * Shows the partner's code that an order carries, with HPOS and with posts. It is what the order tells, read with the
 * order; who is credited is said on the order's own page.
 */
final class OrderColumn {

	const NAME = 'refledger';

	/**
	 * Listens.
	 */
	public static function listen(): void {
		foreach ( array( 'manage_edit-shop_order_columns', 'woocommerce_shop_order_list_table_columns' ) as $hook ) {
			add_filter( $hook, Guard::filter( array( self::class, 'add' ) ) );
		}
		foreach ( array( 'manage_shop_order_posts_custom_column', 'woocommerce_shop_order_list_table_custom_column' ) as $hook ) {
			add_action( $hook, Guard::action( array( self::class, 'show' ) ), 10, 2 );
		}
	}

	/**
	 * Adds the column before the total.
	 *
	 * @param array<string, string> $columns What there is.
	 * @return array<string, string>
	 */
	public static function add( array $columns ): array {
		$own   = array( self::NAME => __( 'Affiliate', 'refledger' ) );
		$place = array_search( 'order_total', array_keys( $columns ), true );
		if ( false === $place ) {
			return $columns + $own;
		}
		return array_slice( $columns, 0, $place, true ) + $own + array_slice( $columns, $place, null, true );
	}

	/**
	 * Shows one order's.
	 *
	 * @param string $column Which column.
	 * @param mixed  $shown  The order, or its post's id.
	 */
	public static function show( string $column, $shown ): void {
		if ( self::NAME !== $column ) {
			return;
		}
		$order = $shown instanceof WC_Order ? $shown : wc_get_order( (int) $shown );
		$code  = $order instanceof WC_Order ? ( Referral::of_order( $order )['code'] ?? '' ) : '';
		echo '' === $code ? '&ndash;' : esc_html( $code );
	}
}
