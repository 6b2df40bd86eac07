<?php
/**
 * What support asks for first.
 *
 * @package Refledger
 */

namespace Refledger;

use Automattic\WooCommerce\Utilities\OrderUtil;

defined( 'ABSPATH' ) || exit;

/**
 * A part of WooCommerce > Status, whose text owners copy into a request for help; and what the server is told once an
 * hour. No secret, and nothing of a buyer.
 */
final class SystemStatus {

	/**
	 * Shows it.
	 */
	public static function show(): void {
		$health = ( new Health() )->read();
		$rows   = array(
			__( 'Version', 'refledger' )      => VERSION,
			__( 'Connected to', 'refledger' ) => Settings::is_connected() ? Settings::get( 'server' ) : __( 'nothing', 'refledger' ),
			__( 'Waiting', 'refledger' )      => (string) $health['pending'],
			__( 'Given up', 'refledger' )     => (string) $health['dead'],
			__( 'Last success', 'refledger' ) => StatusView::ago( $health['last_success'] ),
			__( 'Last failure', 'refledger' ) => 0 === $health['last_failure'] ? StatusView::ago( 0 ) : StatusView::ago( $health['last_failure'] ) . ': ' . $health['failure'],
			__( 'Next run', 'refledger' )     => false === wp_next_scheduled( Schedule::HOOK ) ? __( 'not scheduled', 'refledger' ) : __( 'scheduled', 'refledger' ),
		);
		printf( '<table class="wc_status_table widefat" cellspacing="0"><thead><tr><th colspan="3" data-export-label="Refledger"><h2>%s</h2></th></tr></thead><tbody>', esc_html__( 'Refledger', 'refledger' ) );
		foreach ( $rows as $name => $value ) {
			printf( '<tr><td data-export-label="%s">%s:</td><td class="help"></td><td>%s</td></tr>', esc_attr( $name ), esc_html( $name ), esc_html( $value ) );
		}
		echo '</tbody></table>';
	}

	/**
	 * What the server is told of the shop.
	 *
	 * @return array<string, string|int|bool>
	 */
	public static function tell(): array {
		$health = ( new Health() )->read();
		return array(
			'pluginVersion'      => VERSION,
			'woocommerceVersion' => defined( 'WC_VERSION' ) ? (string) constant( 'WC_VERSION' ) : '',
			'wordpressVersion'   => get_bloginfo( 'version' ),
			'phpVersion'         => PHP_VERSION,
			'orderTables'        => class_exists( OrderUtil::class ) && OrderUtil::custom_orders_table_usage_is_enabled(),
			'waiting'            => $health['pending'],
			'givenUp'            => $health['dead'],
		);
	}
}
