<?php
/**
 * The box on an order's page.
 *
 * @package Refledger
 */

namespace Refledger;

use WC_Order;
use WP_Post;

defined( 'ABSPATH' ) || exit;

/**
 * Says on an order's page who is credited and why, in the words of the Refledger server, which decides it; what the
 * order tells about who sent the buyer; and whether its last change was sent.
 */
final class OrderBox {

	const SCRIPT = 'refledger-order-credit';

	/**
	 * Adds the box, with HPOS and with posts.
	 */
	public static function add(): void {
		$screen = function_exists( 'wc_get_page_screen_id' ) ? wc_get_page_screen_id( 'shop-order' ) : 'shop_order';
		add_meta_box( 'refledger', __( 'Refledger', 'refledger' ), Guard::action( array( self::class, 'show' ) ), $screen, 'side' );
	}

	/**
	 * Shows the box.
	 *
	 * @param mixed $shown The order, or its post.
	 */
	public static function show( $shown ): void {
		$order = $shown instanceof WP_Post ? wc_get_order( $shown->ID ) : $shown;
		if ( ! $order instanceof WC_Order ) {
			return;
		}
		if ( Settings::is_connected() && CreditRoute::may_read() ) {
			self::show_credit( $order->get_id() );
		}
		printf( '<h4>%s</h4>', esc_html__( 'What the order tells', 'refledger' ) );
		foreach ( self::evidence( $order ) as $sentence ) {
			printf( '<p>%s</p>', esc_html( $sentence ) );
		}
		printf( '<p class="description">%s</p>', esc_html( self::delivery( $order->get_id() ) ) );
	}

	/**
	 * Who is credited: the page is shown first, and its script asks then.
	 *
	 * @param int $order_id The order.
	 */
	private static function show_credit( int $order_id ): void {
		wp_enqueue_script( self::SCRIPT, plugins_url( 'assets/js/order-credit.js', PLUGIN_FILE ), array(), VERSION, true );
		printf(
			'<div class="refledger-credit" aria-live="polite" data-route="%s" data-nonce="%s" data-receipt="%s" data-failed="%s"><p>%s</p></div>',
			esc_url( CreditRoute::address( $order_id ) ),
			esc_attr( wp_create_nonce( 'wp_rest' ) ),
			esc_attr__( 'See the receipt: why, and how it was computed', 'refledger' ),
			esc_attr__( 'This site did not answer in time. Load the page again to ask who is credited.', 'refledger' ),
			esc_html__( 'Asking Refledger who is credited…', 'refledger' )
		);
	}

	/**
	 * What the order tells about who sent the buyer.
	 *
	 * @param WC_Order $order The order.
	 * @return string[]
	 */
	private static function evidence( WC_Order $order ): array {
		$sentences = array();
		$referral  = Referral::of_order( $order );
		if ( isset( $referral['code'] ) ) {
			/* translators: 1: partner's code, 2: where it was kept */
			$sentences[] = sprintf( __( 'Partner\'s code %1$s, %2$s.', 'refledger' ), $referral['code'], self::name_source( $referral['source'] ) );
		} elseif ( isset( $referral['visitorKey'] ) ) {
			$sentences[] = __( 'No code, but a browser that Refledger may have seen.', 'refledger' );
		}
		if ( isset( $referral['landedAt'] ) ) {
			/* translators: %s: date and time */
			$sentences[] = sprintf( __( 'The link was followed on %s.', 'refledger' ), wp_date( wc_date_format() . ' ' . wc_time_format(), (int) strtotime( $referral['landedAt'] ) ) );
		}
		foreach ( $order->get_coupon_codes() as $code ) {
			/* translators: %s: coupon code */
			$sentences[] = sprintf( __( 'Coupon %s.', 'refledger' ), $code );
		}
		return array() === $sentences ? array( __( 'This order tells nothing about who sent the buyer.', 'refledger' ) ) : $sentences;
	}

	/**
	 * Where a code was found, in words.
	 *
	 * @param string $source As it is sent.
	 */
	private static function name_source( string $source ): string {
		$names = array(
			'cookie'       => __( 'kept in the buyer\'s browser', 'refledger' ),
			'session'      => __( 'kept with the buyer\'s cart', 'refledger' ),
			'checkout'     => __( 'sent along by the checkout', 'refledger' ),
			'order-pay'    => __( 'found when the order was paid', 'refledger' ),
			'landing page' => __( 'in the address on which the visit began', 'refledger' ),
		);
		return $names[ $source ] ?? $source;
	}

	/**
	 * What became of the order's last event.
	 *
	 * @param int $order_id The order.
	 */
	private static function delivery( int $order_id ): string {
		$rows = ( new Outbox() )->of_order( $order_id );
		if ( array() === $rows ) {
			return __( 'Nothing of this order was sent to Refledger lately.', 'refledger' );
		}
		switch ( $rows[0]->status ) {
			case 'sent':
				/* translators: %s: for example "5 minutes ago" */
				return sprintf( __( 'Refledger has its present state since %s.', 'refledger' ), StatusView::ago( $rows[0]->sent_at ) );
			case 'dead':
				/* translators: %s: reason */
				return sprintf( __( 'Its last change could not be sent: %s', 'refledger' ), $rows[0]->last_error );
			default:
				/* translators: %s: reason, or nothing */
				return sprintf( __( 'Its last change waits to be sent. %s', 'refledger' ), $rows[0]->last_error );
		}
	}
}
