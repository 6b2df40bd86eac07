<?php
/**
 * Reads orders.
 *
 * @package Refledger
 */

namespace Refledger;

use WC_Order;
use WC_Order_Item;
use WC_Order_Item_Product;
use WC_Order_Refund;
use WC_Product;

defined( 'ABSPATH' ) || exit;

/**
 * An order of WooCommerce as the array that OrderEvent takes. Everything goes through WooCommerce's own objects, so that
 * it is the same with HPOS and with posts. Runs when an event is sent, never in a checkout.
 */
final class OrderReader {

	/** Types of products of the known gift-card plugins: a bought gift card earns nothing (S4). */
	const GIFT_CARDS = array( 'gift-card', 'pw-gift-card', 'wgm_gift_card', 'ywgc-gift-card' );

	/**
	 * The order, or null when it is not there, or in the trash.
	 *
	 * @param int $order_id The order.
	 * @return array<string, mixed>|null
	 */
	public function read( int $order_id ): ?array {
		$order = wc_get_order( $order_id );
		if ( ! $order instanceof WC_Order || 'trash' === $order->get_status() ) {
			return null;
		}
		return array(
			'id'                 => $order->get_id(),
			'number'             => $order->get_order_number(),
			'status'             => $order->get_status(),
			'paid_status'        => $order->is_paid(),
			'currency'           => $order->get_currency(),
			'date_created_gmt'   => self::moment( $order->get_date_created() ) ?? gmdate( 'Y-m-d\TH:i:s' ),
			'date_modified_gmt'  => self::moment( $order->get_date_modified() ),
			'date_paid_gmt'      => self::moment( $order->get_date_paid() ),
			'date_completed_gmt' => self::moment( $order->get_date_completed() ),
			'customer_id'        => $order->get_customer_id(),
			'billing'            => $order->get_address( 'billing' ),
			'shipping'           => $order->get_address( 'shipping' ),
			'erased'             => 'yes' === $order->get_meta( '_anonymized' ),
			'paid_orders_before' => $this->paid_orders_before( $order ),
			'line_items'         => $this->items( $order, 'line_item' ),
			'fee_lines'          => $this->items( $order, 'fee' ),
			'shipping_lines'     => $this->items( $order, 'shipping' ),
			'coupon_lines'       => $this->coupons( $order ),
			'refund_details'     => array_map( array( $this, 'refund' ), $order->get_refunds() ),
			'meta_data'          => $this->meta( $order ),
		);
	}

	/**
	 * Items of an order or refund.
	 *
	 * @param WC_Order|WC_Order_Refund $order The order or refund.
	 * @param string                   $type  The kind of item.
	 * @return array<int, array<string, mixed>>
	 */
	private function items( $order, string $type ): array {
		$items = array();
		foreach ( $order->get_items( $type ) as $item ) {
			$items[] = $this->item( $item );
		}
		return $items;
	}

	/**
	 * One item.
	 *
	 * @param WC_Order_Item $item The item.
	 * @return array<string, mixed>
	 */
	private function item( WC_Order_Item $item ): array {
		$data = $item->get_data();
		$read = array(
			'id'        => $item->get_id(),
			'quantity'  => $item->get_quantity(),
			'total'     => self::amount( $data['total'] ?? '' ),
			'total_tax' => self::amount( $data['total_tax'] ?? '' ),
			'meta_data' => array(
				array(
					'key'   => '_refunded_item_id',
					'value' => $item->get_meta( '_refunded_item_id' ),
				),
			),
		);
		return $item instanceof WC_Order_Item_Product ? $read + $this->goods( $item ) : $read;
	}

	/**
	 * What a line of goods has beyond that.
	 *
	 * @param WC_Order_Item_Product $item The line.
	 * @return array<string, mixed>
	 */
	private function goods( WC_Order_Item_Product $item ): array {
		$product = $item->get_product();
		$parent  = $item->get_product_id() > 0 ? wc_get_product( $item->get_product_id() ) : null;
		return array(
			'product_id'   => $item->get_product_id(),
			'name'         => $item->get_name(),
			'subtotal'     => self::amount( $item->get_subtotal() ),
			'category_ids' => $parent instanceof WC_Product ? $parent->get_category_ids() : array(),
			'gift_card'    => self::is_gift_card( $product instanceof WC_Product ? $product : null, $item ),
		);
	}

	/**
	 * Whether a line is a bought gift card.
	 *
	 * @param WC_Product|null       $product Its product, if it still exists.
	 * @param WC_Order_Item_Product $item    The line.
	 */
	private static function is_gift_card( ?WC_Product $product, WC_Order_Item_Product $item ): bool {
		$known = null !== $product
			&& ( $product->is_type( self::GIFT_CARDS ) || 'yes' === $product->get_meta( '_gift_card' ) );
		/**
		 * Filters whether a line of an order is a bought gift card, which earns nothing.
		 *
		 * @since 0.1.0
		 *
		 * @param bool                  $known What the plugin found.
		 * @param WC_Order_Item_Product $item  The line.
		 */
		return (bool) apply_filters( 'refledger_is_gift_card', $known, $item );
	}

	/**
	 * A refund with its items.
	 *
	 * @param WC_Order_Refund $refund The refund.
	 * @return array<string, mixed>
	 */
	private function refund( WC_Order_Refund $refund ): array {
		return array(
			'id'               => $refund->get_id(),
			'date_created_gmt' => self::moment( $refund->get_date_created() ) ?? gmdate( 'Y-m-d\TH:i:s' ),
			'amount'           => self::amount( $refund->get_amount() ),
			'line_items'       => $this->items( $refund, 'line_item' ),
			'fee_lines'        => $this->items( $refund, 'fee' ),
			'shipping_lines'   => $this->items( $refund, 'shipping' ),
		);
	}

	/**
	 * Coupons in the order's own order.
	 *
	 * @param WC_Order $order The order.
	 * @return array<int, array{code: string}>
	 */
	private function coupons( WC_Order $order ): array {
		$coupons = array();
		foreach ( $order->get_coupon_codes() as $code ) {
			$coupons[] = array( 'code' => (string) $code );
		}
		return array_slice( $coupons, 0, 50 );
	}

	/**
	 * The meta data that says who sent the buyer.
	 *
	 * @param WC_Order $order The order.
	 * @return array<int, array{key: string, value: mixed}>
	 */
	private function meta( WC_Order $order ): array {
		$meta = array();
		foreach ( array( Referral::CODE, Referral::EVIDENCE, Referral::SESSION_ENTRY ) as $key ) {
			$meta[] = array(
				'key'   => $key,
				'value' => $order->get_meta( $key ),
			);
		}
		return $meta;
	}

	/**
	 * How many paid orders this buyer had before this one (S8): by account and by e-mail, whichever knows more.
	 *
	 * @param WC_Order $order The order.
	 */
	private function paid_orders_before( WC_Order $order ): ?int {
		$created = $order->get_date_created();
		if ( null === $created ) {
			return null;
		}
		$counts = array( 0 );
		foreach ( array( $order->get_customer_id(), $order->get_billing_email() ) as $customer ) {
			if ( $customer ) {
				$counts[] = $this->count_paid( $customer, $created->getTimestamp() );
			}
		}
		return min( 1000000, max( $counts ) );
	}

	/**
	 * Counts paid orders.
	 *
	 * @param int|string $customer Id of an account, or an e-mail address.
	 * @param int        $before   Unix time in seconds.
	 */
	private function count_paid( $customer, int $before ): int {
		$found = wc_get_orders(
			array(
				'type'         => 'shop_order',
				'customer'     => $customer,
				'status'       => wc_get_is_paid_statuses(),
				'date_created' => '<' . $before,
				'limit'        => 1,
				'paginate'     => true,
				'return'       => 'ids',
			)
		);
		return is_object( $found ) ? (int) ( $found->total ?? 0 ) : 0;
	}

	/**
	 * An amount as text. WooCommerce stores text; a float that a plugin has put there is written out.
	 *
	 * @param mixed $value The amount.
	 */
	private static function amount( $value ): string {
		if ( is_float( $value ) ) {
			return sprintf( '%.8F', $value );
		}
		return is_scalar( $value ) ? (string) $value : '';
	}

	/**
	 * A date of WooCommerce in UTC; null when there is none.
	 *
	 * @param \WC_DateTime|null $date The date.
	 */
	private static function moment( $date ): ?string {
		return null === $date ? null : gmdate( 'Y-m-d\TH:i:s', $date->getTimestamp() );
	}
}
