<?php
/**
 * The outbox's table.
 *
 * @package Refledger
 */

namespace Refledger;

defined( 'ABSPATH' ) || exit;

/**
 * The table `{prefix}refledger_outbox`. Times are Unix seconds, so that no time zone of PHP or MySQL plays a part.
 */
final class OutboxTable {

	/** Raised with every change below; a site whose option says otherwise gets the change. */
	const VERSION = '2';

	/**
	 * The table's name on this site.
	 */
	public static function name(): string {
		global $wpdb;
		return $wpdb->prefix . 'refledger_outbox';
	}

	/**
	 * Makes the table, or changes it to what stands here.
	 *
	 * An order's sequence is the row's id. A table that is made again after the plugin was deleted must not begin
	 * at 1, below what the server has seen: it begins at the present time.
	 */
	public static function create(): void {
		global $wpdb;
		require_once ABSPATH . 'wp-admin/includes/upgrade.php';
		$table = self::name();
		// phpcs:disable WordPress.DB.DirectDatabaseQuery, WordPress.DB.PreparedSQL -- a table of our own; its name is made of the site's prefix.
		$is_new = null === $wpdb->get_var( $wpdb->prepare( 'SHOW TABLES LIKE %s', $wpdb->esc_like( $table ) ) );
		dbDelta( self::definition( $table ) . ' ' . $wpdb->get_charset_collate() . ';' );
		if ( $is_new ) {
			$wpdb->query( "ALTER TABLE {$table} AUTO_INCREMENT = " . time() );
		}
		// phpcs:enable
	}

	/**
	 * Removes the table.
	 */
	public static function drop(): void {
		global $wpdb;
		$table = self::name();
		$wpdb->query( "DROP TABLE IF EXISTS {$table}" ); // phpcs:ignore WordPress.DB -- a table of our own; its name is made of the site's prefix.
	}

	/**
	 * The table in the form that dbDelta compares: one column a line, two spaces after PRIMARY KEY.
	 *
	 * `claim` finds what is due; `order_id` what an order told last and what its page shows. Where the subject is a coupon,
	 * `order_id` is the coupon's id.
	 *
	 * @param string $table The table's name.
	 */
	private static function definition( string $table ): string {
		return "CREATE TABLE {$table} (
			id bigint(20) unsigned NOT NULL AUTO_INCREMENT,
			event_id char(36) NOT NULL,
			dedupe_key varchar(64) NOT NULL,
			subject varchar(10) NOT NULL DEFAULT 'order',
			order_id bigint(20) unsigned NOT NULL,
			type varchar(20) NOT NULL DEFAULT '',
			payload longtext NULL,
			fingerprint char(64) NOT NULL DEFAULT '',
			attempts smallint(5) unsigned NOT NULL DEFAULT 0,
			next_at bigint(20) unsigned NOT NULL,
			locked_until bigint(20) unsigned NOT NULL DEFAULT 0,
			lock_token char(36) NOT NULL DEFAULT '',
			status varchar(10) NOT NULL DEFAULT 'pending',
			last_http smallint(5) unsigned NOT NULL DEFAULT 0,
			last_error varchar(255) NOT NULL DEFAULT '',
			created_at bigint(20) unsigned NOT NULL,
			sent_at bigint(20) unsigned NOT NULL DEFAULT 0,
			PRIMARY KEY  (id),
			UNIQUE KEY event_id (event_id),
			UNIQUE KEY dedupe_key (dedupe_key),
			KEY claim (status,next_at),
			KEY order_id (order_id,id)
		)";
	}
}
