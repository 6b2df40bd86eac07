<?php
// Further commands of control.php.
return array(
	'option'   => static function ( array $given ) {
		update_option( $given['name'], $given['value'] );
	},
	// Staff make an order for a buyer on the telephone, who gets a link to pay it.
	'bill'     => static function ( array $given ) {
		$order = wc_create_order( array( 'created_via' => 'admin' ) );
		$order->add_product( wc_get_product( $given['product'] ), 1 );
		$order->set_billing_email( 'bill@example.test' );
		$order->calculate_totals();
		$order->save();
		return array( 'id' => $order->get_id(), 'pay' => $order->get_checkout_payment_url() );
	},
	'coupon'   => static function ( array $given ) {
		$coupon = new WC_Coupon();
		$coupon->set_code( $given['code'] );
		$coupon->set_discount_type( 'percent' );
		$coupon->set_amount( $given['percent'] );
		return $coupon->save();
	},
	// The bank tells again, from its own server, what it has told already.
	'notify'   => static function ( array $given ) {
		wc_get_order( $given['id'] )->payment_complete( 'bank-1' );
	},
	'settings' => static function ( array $given ) {
		Refledger\Settings::change( $given );
	},
	// A tea every month; whoever subscribes gets an account.
	'monthly'  => static function () {
		update_option( 'woocommerce_registration_generate_password', 'yes' );
		update_option( 'woocommerce_registration_generate_username', 'yes' );
		$product = new WC_Product_Subscription();
		$product->set_name( 'Tea every month' );
		$product->set_virtual( true );
		$product->set_regular_price( '20' );
		foreach ( array( 'price' => '20', 'period' => 'month', 'period_interval' => '1', 'length' => '0', 'sign_up_fee' => '0', 'trial_length' => '0' ) as $name => $value ) {
			$product->update_meta_data( "_subscription_$name", $value );
		}
		return $product->save();
	},
	// A month later, on the shop's own clock: there is no browser.
	'renew'    => static function ( array $given ) {
		$subscription = current( wcs_get_subscriptions_for_order( $given['id'], array( 'order_type' => 'any' ) ) );
		$renewal      = wcs_create_renewal_order( $subscription );
		$renewal->set_payment_method( 'bank' );
		$renewal->payment_complete( 'bank-2' );
		return array( 'subscription' => $subscription->get_id(), 'renewal' => $renewal->get_id() );
	},
	// Makes a network of sites out of the shop; the settings that wp-config.php then needs are the caller's.
	'network'  => static function ( array $given ) {
		global $wpdb;
		require_once ABSPATH . 'wp-admin/includes/upgrade.php';
		foreach ( $wpdb->tables( 'ms_global' ) as $table => $name ) {
			$wpdb->$table = $name;
		}
		install_network();
		return populate_network( 1, $given['domain'], 'admin@example.test', 'Shops', '/', false );
	},
	'site'     => static function ( array $given ) {
		return wpmu_create_blog( $given['domain'], '/', 'Two', 1 );
	},
	'everywhere' => static function ( array $given ) {
		$error = activate_plugin( $given['plugin'], '', true );
		return is_wp_error( $error ) ? $error->get_error_message() : 'active';
	},
	'consent'  => static function () {
		$cookies = array_keys( wp_get_cookie_info() );
		sort( $cookies );
		return array(
			'registered' => (bool) apply_filters( 'wp_consent_api_registered_refledger/refledger.php', false ),
			'cookies'    => $cookies,
		);
	},
	'left'     => static function () {
		global $wpdb;
		$tables = $wpdb->get_col( "SHOW TABLES LIKE '%refledger%'" );
		return array(
			'tables'  => array_values( preg_grep( "/^{$wpdb->prefix}refledger/", $tables ) ),
			'options' => $wpdb->get_col( "SELECT option_name FROM {$wpdb->options} WHERE option_name LIKE 'refledger%'" ),
			'job'     => wp_next_scheduled( 'refledger_send' ),
		);
	},
	'customer' => static function ( array $given ) {
		return wc_create_new_customer( $given['name'] . '@example.test', $given['name'], $given['password'] );
	},
	// What the shop's own webhook would send of an order.
	'webhook'  => static function ( array $given ) {
		$webhook = new WC_Webhook();
		$webhook->set_topic( 'order.updated' );
		$webhook->set_user_id( 1 );
		return $webhook->build_payload( $given['id'] );
	},
	// The minutes pass for which an answer of Refledger's is kept.
	'forget'   => static function () {
		global $wpdb;
		$wpdb->query( "DELETE FROM {$wpdb->options} WHERE option_name LIKE '_transient%refledger_credit_%'" );
	},
	'complete' => static function ( array $given ) {
		$mails = array();
		add_filter(
			'pre_wp_mail',
			static function ( $done, $mail ) use ( &$mails ) {
				$mails[] = $mail['message'];
				return true;
			},
			PHP_INT_MAX,
			2
		);
		wc_get_order( $given['id'] )->update_status( 'completed' );
		return $mails;
	},
	'rest-key' => static function ( array $given ) {
		global $wpdb;
		$key    = 'ck_' . wc_rand_hash();
		$secret = 'cs_' . wc_rand_hash();
		$wpdb->insert(
			$wpdb->prefix . 'woocommerce_api_keys',
			array(
				'user_id'         => 1,
				'description'     => 'Refledger',
				'permissions'     => $given['may'],
				'consumer_key'    => wc_api_hash( $key ),
				'consumer_secret' => $secret,
				'truncated_key'   => substr( $key, -7 ),
			)
		);
		return array( 'consumerKey' => $key, 'consumerSecret' => $secret );
	},
	'forget-key' => static function () {
		Refledger\Settings::disconnect();
	},
	'core-webhook' => static function ( array $given ) {
		$webhook = new WC_Webhook();
		$webhook->set_name( 'Refledger' );
		$webhook->set_topic( $given['topic'] );
		$webhook->set_delivery_url( $given['url'] );
		$webhook->set_secret( $given['secret'] );
		$webhook->set_user_id( 1 );
		$webhook->set_status( 'active' );
		return $webhook->save();
	},
	'run-queue' => static function () {
		return ActionScheduler_QueueRunner::instance()->run( 'by hand' );
	},
	// A coupon as the shop has it; null when it has none of this code.
	'coupon-of' => static function ( array $given ) {
		$coupon = new WC_Coupon( $given['code'] );
		return 0 === $coupon->get_id() ? null : array(
			'type'      => $coupon->get_discount_type(),
			'amount'    => (float) $coupon->get_amount(),
			'affiliate' => $coupon->get_meta( '_refledger_affiliate_id' ),
		);
	},
	'webhooks' => static function () {
		$topics = array();
		foreach ( WC_Data_Store::load( 'webhook' )->get_webhooks_ids() as $id ) {
			$topics[] = wc_get_webhook( $id )->get_topic();
		}
		sort( $topics );
		return $topics;
	},
	'total'    => static function ( array $given ) {
		return wc_get_order( $given['id'] )->get_total();
	},
);
