<?php
/**
 * Privacy.
 *
 * @package Refledger
 */

namespace Refledger;

use WC_Order;

defined( 'ABSPATH' ) || exit;

/**
 * Text for the shop's privacy policy, and the shop's tools to hand over and to erase a buyer's data.
 */
final class Privacy {

	const PER_PAGE = 20;

	/**
	 * Listens.
	 */
	public static function listen(): void {
		add_action( 'admin_init', Guard::action( array( self::class, 'suggest_text' ) ) );
		add_filter( 'wp_privacy_personal_data_exporters', Guard::filter( array( self::class, 'add_exporter' ) ) );
		// Before WooCommerce's own eraser, after which orders are no longer found by the address.
		add_filter( 'wp_privacy_personal_data_erasers', Guard::filter( array( self::class, 'add_eraser' ) ), 5 );
		add_action( 'woocommerce_privacy_remove_order_personal_data', Guard::action( array( self::class, 'erase_order' ) ) );
	}

	/**
	 * Suggests a text for the policy.
	 */
	public static function suggest_text(): void {
		$paragraphs = array(
			__( 'When you come to our shop through a link of one of our partners, we keep the partner\'s code, the time and a random number in your browser, so that the partner can be credited if you buy.', 'refledger' ),
			__( 'When you order, we tell our partner programme (Refledger) the order\'s number, time, state, goods, amounts, refunds and coupons, the partner\'s code, the number of your account here and how many orders you had before. Your e-mail and postal address are not told: they are turned into keyed hashes, which serve to recognise new customers and partners who buy through their own link.', 'refledger' ),
		);
		wp_add_privacy_policy_content( 'Refledger', wp_kses_post( '<p>' . implode( '</p><p>', $paragraphs ) . '</p>' ) );
	}

	/**
	 * Adds the exporter.
	 *
	 * @param array<string, array<string, mixed>> $exporters What there is.
	 * @return array<string, array<string, mixed>>
	 */
	public static function add_exporter( array $exporters ): array {
		$exporters['refledger'] = array(
			'exporter_friendly_name' => __( 'Refledger', 'refledger' ),
			'callback'               => array( self::class, 'export' ),
		);
		return $exporters;
	}

	/**
	 * Adds the eraser.
	 *
	 * @param array<string, array<string, mixed>> $erasers What there is.
	 * @return array<string, array<string, mixed>>
	 */
	public static function add_eraser( array $erasers ): array {
		$erasers['refledger'] = array(
			'eraser_friendly_name' => __( 'Refledger', 'refledger' ),
			'callback'             => array( self::class, 'erase' ),
		);
		return $erasers;
	}

	/**
	 * What the plugin wrote on somebody's orders.
	 *
	 * @param string $email Whose.
	 * @param int    $page  From 1.
	 * @return array{data: array<int, array<string, mixed>>, done: bool}
	 */
	public static function export( string $email, int $page ): array {
		$orders = self::orders( $email, $page );
		$data   = array();
		foreach ( $orders as $order ) {
			$evidence = Referral::evidence( array( Referral::EVIDENCE => (string) $order->get_meta( Referral::EVIDENCE ) ) );
			$values   = array(
				__( 'Partner\'s code', 'refledger' )    => (string) $order->get_meta( Referral::CODE ),
				__( 'Random number of the browser', 'refledger' ) => $evidence['visitor'] ?? '',
				__( 'Link followed at', 'refledger' )   => $evidence['landedAt'] ?? '',
				__( 'Checkout opened at', 'refledger' ) => $evidence['checkoutStartedAt'] ?? '',
			);
			$items    = array();
			foreach ( array_filter( $values ) as $name => $value ) {
				$items[] = compact( 'name', 'value' );
			}
			if ( array() !== $items ) {
				$data[] = array(
					'group_id'    => 'refledger',
					'group_label' => __( 'Partner programme', 'refledger' ),
					'item_id'     => 'order-' . $order->get_id(),
					'data'        => $items,
				);
			}
		}
		return array(
			'data' => $data,
			'done' => count( $orders ) < self::PER_PAGE,
		);
	}

	/**
	 * Erases what the plugin wrote on somebody's orders about their browser. The partner's code stays: it says nothing of the buyer, and the partner's commission rests on it.
	 *
	 * @param string $email Whose.
	 * @param int    $page  From 1.
	 * @return array{items_removed: bool, items_retained: bool, messages: string[], done: bool}
	 */
	public static function erase( string $email, int $page ): array {
		if ( 1 === $page ) {
			self::tell_erasure( $email );
		}
		$orders  = self::orders( $email, $page );
		$removed = false;
		$kept    = false;
		foreach ( $orders as $order ) {
			$kept    = $kept || '' !== (string) $order->get_meta( Referral::CODE );
			$removed = self::erase_order( $order ) || $removed;
		}
		return array(
			'items_removed'  => $removed,
			'items_retained' => $kept,
			'messages'       => $kept ? array( __( 'The partner\'s code on orders was kept: it says nothing of the buyer. The partner programme is told to forget the buyer as well.', 'refledger' ) ) : array(),
			'done'           => count( $orders ) < self::PER_PAGE,
		);
	}

	/**
	 * Tells the server, while the address is still known here; it gets the keyed hash of it, as with orders.
	 *
	 * @param string $email Whose.
	 */
	private static function tell_erasure( string $email ): void {
		if ( ! Settings::is_connected() ) {
			return;
		}
		$keys    = Settings::buyer_keys();
		$account = get_user_by( 'email', $email );
		$event   = EventEnvelope::customer_erased(
			wp_generate_uuid4(),
			time(),
			false === $account ? 0 : $account->ID,
			null === $keys ? null : $keys->email_hash( $email )
		);
		if ( null !== $event && ! ( new Outbox() )->put( $event, time() ) ) {
			Log::error( 'That a customer was erased could not be noted in the outbox: the database refused.' );
		}
	}

	/**
	 * Erases what the plugin wrote on one order about the buyer's browser, and what waits or was kept in the outbox.
	 *
	 * @param WC_Order $order The order.
	 * @return bool Whether there was anything on the order.
	 */
	public static function erase_order( WC_Order $order ): bool {
		( new Outbox() )->forget_payloads( $order->get_id() );
		if ( '' === (string) $order->get_meta( Referral::EVIDENCE ) ) {
			return false;
		}
		$order->delete_meta_data( Referral::EVIDENCE );
		$order->save_meta_data();
		return true;
	}

	/**
	 * Orders of somebody, by the address on them.
	 *
	 * @param string $email Whose.
	 * @param int    $page  From 1.
	 * @return WC_Order[]
	 */
	private static function orders( string $email, int $page ): array {
		$found = wc_get_orders(
			array(
				'type'          => 'shop_order',
				'billing_email' => $email,
				'limit'         => self::PER_PAGE,
				'page'          => $page,
				'orderby'       => 'ID',
				'order'         => 'ASC',
			)
		);
		return is_array( $found ) ? $found : array();
	}
}
