<?php
/**
 * Removal.
 *
 * @package Refledger
 */

namespace Refledger;

defined( 'ABSPATH' ) || exit;

/**
 * Takes away what the plugin made.
 */
final class Uninstaller {

	const OPTIONS = array( 'refledger_settings', 'refledger_secrets', 'refledger_health', 'refledger_schema' );

	/**
	 * On this site, or on every site of the network.
	 */
	public static function run(): void {
		if ( ! is_multisite() ) {
			self::clean();
			return;
		}
		foreach ( get_sites( array( 'fields' => 'ids', 'number' => 0 ) ) as $site_id ) { // phpcs:ignore WordPress.Arrays.ArrayDeclarationSpacing -- two words.
			switch_to_blog( (int) $site_id );
			self::clean();
			restore_current_blog();
		}
	}

	/**
	 * One site.
	 */
	private static function clean(): void {
		$delete_data = 'yes' === Settings::get( 'delete_data' );
		wp_clear_scheduled_hook( 'refledger_send' );
		OutboxTable::drop();
		if ( $delete_data ) {
			self::delete_marks();
		}
		if ( '' !== Settings::get( 'link_rule' ) ) {
			delete_option( 'rewrite_rules' );
		}
		array_map( 'delete_option', self::OPTIONS );
	}

	/**
	 * What was written on orders, in both storages. WooCommerce may be gone already, so that its objects cannot be asked.
	 */
	private static function delete_marks(): void {
		global $wpdb;
		// phpcs:disable WordPress.DB -- no cache holds on to a plugin that is deleted.
		foreach ( array( $wpdb->prefix . 'wc_orders_meta', $wpdb->postmeta ) as $table ) {
			if ( null !== $wpdb->get_var( $wpdb->prepare( 'SHOW TABLES LIKE %s', $wpdb->esc_like( $table ) ) ) ) {
				$wpdb->query( $wpdb->prepare( "DELETE FROM {$table} WHERE meta_key IN (%s, %s)", Referral::CODE, Referral::EVIDENCE ) );
			}
		}
		// phpcs:enable
	}
}
