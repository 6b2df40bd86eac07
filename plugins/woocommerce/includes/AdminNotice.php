<?php
/**
 * The notice.
 *
 * @package Refledger
 */

namespace Refledger;

defined( 'ABSPATH' ) || exit;

/**
 * Tells staff when orders do not arrive and nobody but them can help. Nothing else is worth a notice.
 */
final class AdminNotice {

	/**
	 * Shows it on WooCommerce's pages and the dashboard.
	 */
	public static function show(): void {
		$screen = get_current_screen();
		$shown  = null !== $screen && ( 'dashboard' === $screen->id || false !== strpos( $screen->id, 'wc-' ) || false !== strpos( $screen->id, 'shop_order' ) );
		if ( ! $shown || ! current_user_can( 'manage_woocommerce' ) || ! Settings::is_connected() ) {
			return;
		}
		$health = ( new Health() )->read();
		if ( $health['paused'] ) {
			self::print_notice( $health['failure'] );
		} elseif ( $health['dead'] > 0 ) {
			/* translators: %d: number of events */
			self::print_notice( sprintf( _n( '%d event about an order could not be sent and was given up.', '%d events about orders could not be sent and were given up.', $health['dead'], 'refledger' ), $health['dead'] ) );
		}
	}

	/**
	 * Prints it.
	 *
	 * @param string $text What happened.
	 */
	private static function print_notice( string $text ): void {
		printf(
			'<div class="notice notice-error"><p><strong>Refledger:</strong> %s <a href="%s">%s</a></p></div>',
			esc_html( $text ),
			esc_url( AdminActions::settings_url() ),
			esc_html__( 'See what can be done', 'refledger' )
		);
	}
}
