<?php
/**
 * The plugin.
 *
 * @package Refledger
 */

namespace Refledger;

use Automattic\WooCommerce\Utilities\FeaturesUtil;

defined( 'ABSPATH' ) || exit;

/**
 * Puts the parts together. Everything here only listens; nothing is read or written before something happens.
 */
final class Plugin {

	/**
	 * Called when the plugin's file is loaded.
	 */
	public static function start(): void {
		add_action( 'before_woocommerce_init', Guard::action( array( self::class, 'declare_features' ) ) );
		add_filter( 'cron_schedules', array( Schedule::class, 'add_minute' ) ); // phpcs:ignore WordPress.WP.CronInterval -- one small query a minute when nothing waits.
		add_action( Schedule::HOOK, Guard::action( array( self::class, 'send' ) ) );
		add_action( 'plugins_loaded', Guard::action( array( self::class, 'listen' ) ) );
	}

	/**
	 * The plugin works with WooCommerce's own order tables and with the block checkout.
	 */
	public static function declare_features(): void {
		if ( class_exists( FeaturesUtil::class ) ) {
			FeaturesUtil::declare_compatibility( 'custom_order_tables', PLUGIN_FILE, true );
			FeaturesUtil::declare_compatibility( 'cart_checkout_blocks', PLUGIN_FILE, true );
		}
	}

	/**
	 * Listens to the shop, if there is one.
	 */
	public static function listen(): void {
		if ( ! class_exists( 'WooCommerce' ) ) {
			return;
		}
		Lifecycle::upgrade();
		( new OrderWatch( new Outbox() ) )->listen();
	}

	/**
	 * Sends what waits.
	 */
	public static function send(): void {
		if ( Settings::is_connected() && function_exists( 'wc_get_order' ) ) {
			self::sender()->run( 'time' );
		}
	}

	/**
	 * The sender.
	 */
	public static function sender(): Sender {
		return new Sender( new Outbox(), new EventSource( new OrderReader() ), new Courier(), new Health() );
	}
}
