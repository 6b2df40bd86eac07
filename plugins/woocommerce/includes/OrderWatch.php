<?php
/**
 * What happens to orders.
 *
 * @package Refledger
 */

namespace Refledger;

use WC_Abstract_Order;
use WC_Order;
use WC_Order_Refund;

defined( 'ABSPATH' ) || exit;

/**
 * Notes in the outbox that an order has changed, whatever changed it. Which hooks fire in which checkout, with HPOS or
 * posts, was measured on a real shop: none of them alone is enough, and all of them together cost one statement a
 * request and order.
 */
final class OrderWatch {

	/** A later change of the same request needs no second note within so many seconds; less than Outbox::SETTLE. */
	const NOTED_FOR = 5;

	/**
	 * Where the notes go.
	 *
	 * @var Outbox
	 */
	private $outbox;

	/**
	 * When an order was last noted in this request, Unix seconds by order id.
	 *
	 * @var array<int, int>
	 */
	private $noted = array();

	/**
	 * Takes the outbox.
	 *
	 * @param Outbox $outbox Where the notes go.
	 */
	public function __construct( Outbox $outbox ) {
		$this->outbox = $outbox;
	}

	/**
	 * Listens. Late, so that what others write in the same hook is there when the order is read.
	 */
	public function listen(): void {
		$on = static function ( string $hook, callable $callback, int $args ): void {
			add_action( $hook, Guard::action( $callback ), 100, $args );
		};
		$on( 'woocommerce_new_order', array( $this, 'changed' ), 2 );
		$on( 'woocommerce_update_order', array( $this, 'changed' ), 2 );
		$on( 'woocommerce_order_status_changed', array( $this, 'moved' ), 4 );
		$on( 'woocommerce_order_refunded', array( $this, 'changed' ), 1 );
		$on( 'woocommerce_refund_deleted', array( $this, 'refund_deleted' ), 2 );
		$on( 'woocommerce_rest_delete_shop_order_refund_object', array( $this, 'changed_object' ), 1 );
		$on( 'woocommerce_trash_order', array( $this, 'changed' ), 1 );
		$on( 'woocommerce_untrash_order', array( $this, 'changed' ), 1 );
		$on( 'woocommerce_before_delete_order', array( $this, 'changed' ), 2 );
		$on( 'wp_trash_post', array( $this, 'changed_post' ), 1 );
		$on( 'untrashed_post', array( $this, 'changed_post' ), 1 );
		$on( 'before_delete_post', array( $this, 'changed_post' ), 1 );
		$on( 'woocommerce_subscription_renewal_payment_complete', array( $this, 'renewed' ), 2 );
		add_filter( 'woocommerce_pre_delete_order_refund', Guard::filter( array( $this, 'refund_going' ) ), 100, 2 );
		add_filter( 'wcs_renewal_order_created', Guard::filter( array( $this, 'renewal_created' ) ), 100, 1 );
	}

	/**
	 * An order is new, saved, refunded, in the trash, out of it, or about to be deleted.
	 *
	 * @param int|string $order_id The order.
	 * @param mixed      $order    The same, where the hook gives it.
	 */
	public function changed( $order_id, $order = null ): void {
		if ( $order instanceof WC_Abstract_Order ) {
			$this->changed_object( $order );
		} else {
			$this->note( (int) $order_id );
		}
	}

	/**
	 * An order has another status.
	 *
	 * @param int|string $order_id The order.
	 * @param string     $from     Its status before.
	 * @param string     $to       Its status now.
	 * @param mixed      $order    The same.
	 */
	public function moved( $order_id, string $from, string $to, $order = null ): void {
		$this->changed( $order_id, $order );
	}

	/**
	 * A refund was deleted on the order's page.
	 *
	 * @param int|string $refund_id The refund.
	 * @param int|string $order_id  Its order.
	 */
	public function refund_deleted( $refund_id, $order_id ): void {
		$this->note( (int) $order_id );
	}

	/**
	 * A refund is about to be deleted, by whomever: the only hook that fires for all ways and both storages.
	 *
	 * @param mixed $check  What others decided; passed on.
	 * @param mixed $refund The refund.
	 * @return mixed
	 */
	public function refund_going( $check, $refund ) {
		$this->changed_object( $refund );
		return $check;
	}

	/**
	 * The object of an order, or of a refund, which stands for its order.
	 *
	 * @param mixed $order The object.
	 */
	public function changed_object( $order ): void {
		if ( $order instanceof WC_Order_Refund ) {
			$this->note( $order->get_parent_id() );
		} elseif ( $order instanceof WC_Order && self::is_order( $order ) ) {
			$this->note( $order->get_id() );
		}
	}

	/**
	 * A post is in the trash, out of it, or about to be deleted, without WooCommerce being asked.
	 *
	 * @param int|string $post_id The post.
	 */
	public function changed_post( $post_id ): void {
		$type = get_post_type( (int) $post_id );
		if ( 'shop_order' === $type ) {
			$order = wc_get_order( (int) $post_id );
			$this->changed( $post_id, $order ? $order : null );
		} elseif ( 'shop_order_refund' === $type ) {
			$this->note( (int) wp_get_post_parent_id( (int) $post_id ) );
		}
	}

	/**
	 * WooCommerce Subscriptions made the order of a renewal.
	 *
	 * @param mixed $order The renewal.
	 * @return mixed The same.
	 */
	public function renewal_created( $order ) {
		$this->changed_object( $order );
		return $order;
	}

	/**
	 * A renewal was paid.
	 *
	 * @param mixed $subscription The subscription.
	 * @param mixed $order        The renewal's order.
	 */
	public function renewed( $subscription, $order ): void {
		$this->changed_object( $order );
	}

	/**
	 * Whether it is a sale: not a draft that an open checkout made, and no subscription, which is an order by class only.
	 *
	 * @param WC_Order $order The order.
	 */
	private static function is_order( WC_Order $order ): bool {
		return 'shop_order' === $order->get_type() && ! OrderEvent::is_draft( $order->get_status() );
	}

	/**
	 * Notes an order, once in a while.
	 *
	 * @param int $order_id The order.
	 */
	private function note( int $order_id ): void {
		$now = time();
		if ( $order_id <= 0 || $now - ( $this->noted[ $order_id ] ?? 0 ) < self::NOTED_FOR || ! Settings::is_connected() ) {
			return;
		}
		if ( $this->outbox->note( $order_id, $now ) ) {
			$this->noted[ $order_id ] = $now;
		} else {
			Log::error( sprintf( 'Order %d could not be noted in the outbox: the database refused.', $order_id ) );
		}
	}
}
