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
		( new CouponWatch( new Outbox() ) )->listen();
		( new Capture() )->listen();
		self::listen_to_visitors();
		self::listen_to_staff();
	}

	/**
	 * The admin area, and the shop's privacy tools, which also run without one.
	 */
	private static function listen_to_staff(): void {
		Privacy::listen();
		AdminActions::listen();
		OrderColumn::listen();
		add_action( 'admin_init', Guard::action( array( Schedule::class, 'ensure' ) ) );
		add_action( 'admin_notices', Guard::action( array( AdminNotice::class, 'show' ) ) );
		add_action( 'woocommerce_system_status_report', Guard::action( array( SystemStatus::class, 'show' ) ) );
		add_action( 'add_meta_boxes', Guard::action( array( OrderBox::class, 'add' ) ) );
		add_filter( 'woocommerce_get_settings_pages', Guard::filter( array( self::class, 'add_settings_page' ) ) );
		add_filter( 'plugin_action_links_' . plugin_basename( PLUGIN_FILE ), Guard::filter( array( self::class, 'add_settings_link' ) ) );
	}

	/**
	 * The tab in WooCommerce > Settings.
	 *
	 * @param array<int, object> $pages What there is.
	 * @return array<int, object>
	 */
	public static function add_settings_page( array $pages ): array {
		$pages[] = new SettingsPage();
		return $pages;
	}

	/**
	 * The link in the list of plugins.
	 *
	 * @param array<int|string, string> $links What there is.
	 * @return array<int|string, string>
	 */
	public static function add_settings_link( array $links ): array {
		$link = sprintf( '<a href="%s">%s</a>', esc_url( AdminActions::settings_url() ), esc_html__( 'Settings', 'refledger' ) );
		return array_merge( array( $link ), $links );
	}

	/**
	 * The shop's pages and its checkouts.
	 */
	private static function listen_to_visitors(): void {
		Consent::register();
		add_action( 'init', Guard::action( array( Consent::class, 'describe_cookies' ) ) );
		ShortLink::listen();
		PortalLinks::listen();
		foreach ( array( VisitRoute::class, CreditRoute::class, ConnectionRoute::class ) as $route ) {
			add_action( 'rest_api_init', Guard::action( array( $route, 'register' ) ) );
		}
		add_action( 'wp_enqueue_scripts', Guard::action( array( Storefront::class, 'enqueue' ) ) );
		add_filter( 'script_loader_tag', Guard::filter( array( Storefront::class, 'describe_tag' ) ), 10, 2 );
		add_action( 'woocommerce_blocks_enqueue_checkout_block_scripts_after', Guard::action( array( CheckoutBlock::class, 'enqueue' ) ) );
		if ( did_action( 'woocommerce_blocks_loaded' ) ) {
			CheckoutBlock::extend();
		} else {
			add_action( 'woocommerce_blocks_loaded', Guard::action( array( CheckoutBlock::class, 'extend' ) ) );
		}
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
