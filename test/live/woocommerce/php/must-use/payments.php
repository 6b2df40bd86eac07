<?php
// A must-use plugin: two ways to pay, as payment plugins have them. "Bank" sends the buyer to a page elsewhere, which
// answers by a notification and by leading back. "Express" is a button that makes and pays the order by itself.
add_action(
	'plugins_loaded',
	static function () {
		if ( ! class_exists( 'WC_Payment_Gateway' ) ) {
			return;
		}
		class Live_Bank extends WC_Payment_Gateway {
			public $id           = 'bank';
			public $title        = 'Bank';
			public $method_title = 'Bank';
			public $enabled      = 'yes';
			public $supports     = array( 'products', 'subscriptions', 'multiple_subscriptions' );

			public function process_payment( $order_id ) {
				return array( 'result' => 'success', 'redirect' => home_url( "/?live_bank=$order_id" ) );
			}
		}
		add_filter(
			'woocommerce_payment_gateways',
			static function ( $gateways ) {
				$gateways[] = 'Live_Bank';
				return $gateways;
			}
		);
	},
	20
);
add_action(
	'template_redirect',
	static function () {
		// phpcs:disable WordPress.Security -- a test's own page.
		if ( isset( $_GET['live_bank'] ) ) {
			$order = wc_get_order( (int) $_GET['live_bank'] );
			live_bank( $order, $_GET['answer'] ?? '' );
		}
		if ( isset( $_GET['live_express'] ) ) {
			$order = wc_create_order( array( 'created_via' => 'express' ) );
			foreach ( WC()->cart->get_cart() as $item ) {
				$order->add_product( $item['data'], $item['quantity'] );
			}
			$order->set_billing_email( 'express@example.test' );
			$order->calculate_totals();
			$order->payment_complete( 'express-1' );
			WC()->cart->empty_cart();
			wp_safe_redirect( $order->get_checkout_order_received_url() );
			exit;
		}
	}
);

/** The bank's page, and what it does when its buttons are pressed. */
function live_bank( WC_Order $order, string $answer ): void {
	if ( 'paid' === $answer ) {
		$order->payment_complete( 'bank-1' );
		wp_safe_redirect( $order->get_checkout_order_received_url() );
		exit;
	}
	if ( 'declined' === $answer ) {
		$order->update_status( 'failed' );
		wp_safe_redirect( $order->get_checkout_payment_url() );
		exit;
	}
	printf( '<title>Bank</title><h1>%s</h1><a id="pay" href="%s">Pay</a> <a id="decline" href="%s">Decline</a>', $order->get_total(), add_query_arg( 'answer', 'paid' ), add_query_arg( 'answer', 'declined' ) );
	exit;
}
