<?php
/**
 * Ways into the partner programme for the shop's customers.
 *
 * @package Refledger
 */

namespace Refledger;

use WC_Order;

defined( 'ABSPATH' ) || exit;

/**
 * A tab in My Account that leads to the partners' portal, and an invitation to become a partner after a purchase: on the
 * page of thanks of both checkouts and in the mail about a completed order. Each is off until the shop switches it on.
 */
final class PortalLinks {

	const TAB = 'refledger-affiliate';

	/**
	 * Listens.
	 */
	public static function listen(): void {
		add_filter( 'woocommerce_account_menu_items', Guard::filter( array( self::class, 'add_tab' ) ) );
		add_filter( 'woocommerce_get_endpoint_url', Guard::filter( array( self::class, 'lead_tab' ) ), 10, 2 );
		// The block checkout's page calls the same hook in its block "additional information".
		add_action( 'woocommerce_thankyou', Guard::action( array( self::class, 'invite_on_page' ) ), 20 );
		add_action( 'woocommerce_email_after_order_table', Guard::action( array( self::class, 'invite_by_mail' ) ), 20, 4 );
	}

	/**
	 * Adds the tab, before the way out.
	 *
	 * @param array<string, string> $items What there is.
	 * @return array<string, string>
	 */
	public static function add_tab( array $items ): array {
		if ( ! self::is_on( 'account_tab' ) ) {
			return $items;
		}
		$tab   = array( self::TAB => __( 'Affiliate area', 'refledger' ) );
		$place = array_search( 'customer-logout', array_keys( $items ), true );
		if ( false === $place ) {
			return $items + $tab;
		}
		return array_slice( $items, 0, $place, true ) + $tab + array_slice( $items, $place, null, true );
	}

	/**
	 * The tab leads out of the shop.
	 *
	 * @param string $url      Where it would lead.
	 * @param string $endpoint Which tab.
	 */
	public static function lead_tab( string $url, string $endpoint ): string {
		return self::TAB === $endpoint && self::is_on( 'account_tab' ) ? Settings::portal() : $url;
	}

	/**
	 * Invites on the page of thanks.
	 *
	 * @param mixed $order_id The order.
	 */
	public static function invite_on_page( $order_id ): void {
		if ( self::is_inviting( wc_get_order( $order_id ) ) ) {
			self::print_invitation();
		}
	}

	/**
	 * Invites in the mail about a completed order.
	 *
	 * @param mixed $order       The order.
	 * @param bool  $is_to_admin Whether it is the shop's copy.
	 * @param bool  $is_plain    Whether the mail has no markup.
	 * @param mixed $email       The mail.
	 */
	public static function invite_by_mail( $order, $is_to_admin = false, $is_plain = false, $email = null ): void {
		if ( $is_to_admin || ! is_object( $email ) || 'customer_completed_order' !== ( $email->id ?? '' ) || ! self::is_inviting( $order ) ) {
			return;
		}
		if ( $is_plain ) {
			echo "\n" . esc_html( self::question() . ' ' . self::offer() ) . "\n" . esc_url_raw( Settings::portal() ) . "\n\n";
		} else {
			self::print_invitation();
		}
	}

	/**
	 * Whether to invite whoever placed an order.
	 *
	 * @param mixed $order The order.
	 */
	private static function is_inviting( $order ): bool {
		return self::is_on( 'invitation' ) && $order instanceof WC_Order && ! $order->has_status( array( 'failed', 'cancelled' ) );
	}

	/**
	 * Whether the shop has switched something on; without a connection there is no portal.
	 *
	 * @param string $name The setting.
	 */
	private static function is_on( string $name ): bool {
		return Settings::is_connected() && 'yes' === Settings::get( $name );
	}

	/**
	 * Prints the invitation.
	 */
	private static function print_invitation(): void {
		printf(
			'<section class="refledger-invitation"><h2>%s</h2><p>%s</p><p><a href="%s">%s</a></p></section>',
			esc_html( self::question() ),
			esc_html( self::offer() ),
			esc_url( Settings::portal() ),
			esc_html__( 'Become an affiliate', 'refledger' )
		);
	}

	/**
	 * The first sentence.
	 */
	private static function question(): string {
		return __( 'Do you like our shop?', 'refledger' );
	}

	/**
	 * The second.
	 */
	private static function offer(): string {
		return __( 'Recommend it to others, and earn a commission on what they buy.', 'refledger' );
	}
}
