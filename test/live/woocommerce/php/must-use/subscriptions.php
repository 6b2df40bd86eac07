<?php
// A must-use plugin: starts the core of WooCommerce Subscriptions where its folder is installed, as the payment plugins
// that ship it do.
add_action(
	'plugins_loaded',
	static function () {
		$file = WP_PLUGIN_DIR . '/woocommerce-subscriptions-core/includes/class-wc-subscriptions-core-plugin.php';
		if ( class_exists( 'WooCommerce' ) && is_file( $file ) ) {
			require_once $file;
			new WC_Subscriptions_Core_Plugin();
			// The core alone takes every way to pay away but that of the plugin that ships it.
			add_filter(
				'woocommerce_available_payment_gateways',
				static function ( $gateways ) {
					return $gateways + array( 'bank' => new Live_Bank() );
				},
				20
			);
		}
	},
	0
);
