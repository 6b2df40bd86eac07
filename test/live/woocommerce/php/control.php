<?php
// Does one thing in the shop and prints the outcome as JSON. Arguments: folder, host, command, JSON; its member "host" is
// that of another site of a network.
[ , $root, $host, $command, $given ] = $argv;
$given                               = json_decode( $given, true );
$_SERVER['HTTP_HOST']                = $given['host'] ?? $host;
$_SERVER['SERVER_NAME']              = 'localhost';
$_SERVER['SERVER_PROTOCOL']          = 'HTTP/1.1';
$_SERVER['REQUEST_URI']              = '/';
$_SERVER['REQUEST_METHOD']           = 'GET';
define( 'DISABLE_WP_CRON', true );
require "$root/wp-load.php";
require_once ABSPATH . 'wp-admin/includes/admin.php';

/** A simple order by code, as a shop's staff or another plugin makes it; no cart and no cookies. */
function live_order( array $given ): WC_Order {
	$order = wc_create_order();
	$order->set_currency( $given['currency'] );
	$order->set_billing_email( $given['email'] ?? 'phone@example.test' );
	foreach ( $given['prices'] as $price ) {
		$order->add_product( wc_get_product( $given['product'] ), 1, array( 'subtotal' => $price, 'total' => $price ) );
	}
	if ( isset( $given['code'] ) ) {
		$order->update_meta_data( '_refledger_ref', $given['code'] );
	}
	if ( isset( $given['coupon'] ) ) {
		$item = new WC_Order_Item_Coupon();
		$item->set_code( $given['coupon'] );
		$order->add_item( $item );
	}
	$order->calculate_totals( false );
	$order->set_total( array_sum( $given['prices'] ) );
	$order->set_date_paid( time() );
	$order->set_status( 'processing' );
	$order->save();
	return $order;
}

$commands = array(
	'activate'   => static function ( array $given ) {
		$error = activate_plugin( $given['plugin'] );
		return is_wp_error( $error ) ? $error->get_error_message() : 'active';
	},
	'deactivate' => static function ( array $given ) {
		deactivate_plugins( $given['plugin'] );
		return 'inactive';
	},
	'unpack'     => static function ( array $given ) {
		WP_Filesystem();
		$done = unzip_file( $given['zip'], WP_PLUGIN_DIR );
		return is_wp_error( $done ) ? $done->get_error_message() : validate_plugin( 'refledger/refledger.php' );
	},
	'open'       => static function () {
		WC_Install::install();
		foreach ( array(
			'woocommerce_coming_soon'     => 'no',
			'woocommerce_currency'        => 'EUR',
			'woocommerce_default_country' => 'DE:DE-BE',
			'woocommerce_calc_taxes'      => 'no',
			'woocommerce_cod_settings'    => array( 'enabled' => 'yes', 'title' => 'Cash' ),
			'woocommerce_enable_guest_checkout' => 'yes',
		) as $name => $value ) {
			update_option( $name, $value );
		}
		$product = new WC_Product_Simple();
		$product->set_name( 'Tea' );
		$product->set_regular_price( '20' );
		$product->set_virtual( true );
		$product->save();
		$coupon = new WC_Coupon();
		$coupon->set_code( 'anna10' );
		$coupon->set_discount_type( 'percent' );
		$coupon->set_amount( 10 );
		$coupon->save();
		$classic = wp_insert_post( array( 'post_type' => 'page', 'post_status' => 'publish', 'post_title' => 'Classic', 'post_name' => 'classic-checkout', 'post_content' => '[woocommerce_checkout]' ) );
		flush_rewrite_rules();
		return array(
			'product'  => $product->get_id(),
			'classic'  => $classic,
			'checkout' => wc_get_page_id( 'checkout' ),
			'versions' => array( 'WordPress' => get_bloginfo( 'version' ), 'WooCommerce' => WC()->version, 'PHP' => PHP_VERSION, 'database' => $GLOBALS['wpdb']->get_var( 'SELECT VERSION()' ) ),
		);
	},
	'hpos'       => static function ( array $given ) {
		if ( $given['on'] ) {
			wc_get_container()->get( Automattic\WooCommerce\Internal\DataStores\Orders\DataSynchronizer::class )->create_database_tables();
		}
		// Orders of the other storage stay there: WooCommerce would refuse to change over before all were copied.
		global $wpdb;
		update_option( 'woocommerce_custom_orders_table_enabled', get_option( 'woocommerce_custom_orders_table_enabled', 'no' ) );
		$wpdb->update( $wpdb->options, array( 'option_value' => $given['on'] ? 'yes' : 'no' ), array( 'option_name' => 'woocommerce_custom_orders_table_enabled' ) );
		wp_cache_flush();
		return get_option( 'woocommerce_custom_orders_table_enabled' ) === 'yes';
	},
	'page'       => static function ( array $given ) {
		update_option( 'woocommerce_checkout_page_id', $given['id'] );
	},
	'compatible' => static function () {
		return array(
			'hpos'   => in_array( 'refledger/refledger.php', Automattic\WooCommerce\Utilities\FeaturesUtil::get_compatible_plugins_for_feature( 'custom_order_tables' )['compatible'], true ),
			'blocks' => in_array( 'refledger/refledger.php', Automattic\WooCommerce\Utilities\FeaturesUtil::get_compatible_plugins_for_feature( 'cart_checkout_blocks' )['compatible'], true ),
		);
	},
	'order'      => static function ( array $given ) {
		$order = live_order( $given );
		return array( 'id' => $order->get_id(), 'items' => array_keys( $order->get_items() ) );
	},
	'edit'       => static function ( array $given ) {
		$order = wc_get_order( $given['id'] );
		$item  = current( $order->get_items() );
		$item->set_quantity( 1 );
		$item->set_subtotal( $given['price'] );
		$item->set_total( $given['price'] );
		$item->save();
		$order->calculate_totals( false );
		$order->save();
	},
	'refund'     => static function ( array $given ) {
		$refund = wc_create_refund(
			array(
				'order_id'   => $given['id'],
				'amount'     => $given['amount'],
				'line_items' => $given['lines'] ?? array(),
			)
		);
		return is_wp_error( $refund ) ? $refund->get_error_message() : $refund->get_id();
	},
	'unrefund'   => static function ( array $given ) {
		return wc_get_order( $given['id'] )->delete( true );
	},
	'status'     => static function ( array $given ) {
		$order = wc_get_order( $given['id'] );
		if ( $given['paid'] ?? false ) {
			$order->set_date_paid( time() );
		}
		$order->set_status( $given['status'] );
		$order->save();
	},
	'trash'      => static function ( array $given ) {
		wc_get_order( $given['id'] )->delete( false );
	},
	'untrash'    => static function ( array $given ) {
		return wc_get_order( $given['id'] )->untrash();
	},
	'delete'     => static function ( array $given ) {
		wc_get_order( $given['id'] )->delete( true );
	},
	'show'       => static function ( array $given ) {
		$order = wc_get_order( $given['id'] );
		return array(
			'status'   => $order->get_status(),
			'total'    => $order->get_total(),
			'ref'      => $order->get_meta( '_refledger_ref' ),
			'evidence' => json_decode( (string) $order->get_meta( '_refledger_evidence' ), true ),
			'items'    => array_keys( $order->get_items() ),
			'via'      => $order->get_created_via(),
		);
	},
	'paste'      => static function ( array $given ) {
		Refledger\Settings::connect( Refledger\ConnectionKey::parse( $given['key'], Refledger\Courier::is_local() ) );
	},
	// A minute later: everything is due, and WP-Cron runs.
	'send'       => static function () {
		global $wpdb;
		$wpdb->query( "UPDATE {$wpdb->prefix}refledger_outbox SET next_at = 0 WHERE status = 'pending'" );
		do_action( Refledger\Schedule::HOOK );
		return ( new Refledger\Outbox() )->count();
	},
	'outbox'     => static function () {
		global $wpdb;
		return $wpdb->get_results( "SELECT * FROM {$wpdb->prefix}refledger_outbox ORDER BY id" );
	},
	'health'     => static function () {
		return ( new Refledger\Health() )->read();
	},
	'break'      => static function ( array $given ) {
		global $wpdb;
		$wpdb->query( $given['sql'] );
	},
	'uninstall'  => static function () {
		uninstall_plugin( 'refledger/refledger.php' );
	},
	'erase'      => static function ( array $given ) {
		return array(
			'export' => Refledger\Privacy::export( $given['email'], 1 ),
			'erase'  => Refledger\Privacy::erase( $given['email'], 1 ),
			'after'  => Refledger\Privacy::export( $given['email'], 1 ),
		);
	},
);
$commands += require __DIR__ . '/commands.php';
ob_start();
$outcome = $commands[ $command ]( $given );
ob_end_clean();
echo "\n@@", json_encode( $outcome ), "\n";
