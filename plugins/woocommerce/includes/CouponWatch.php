<?php
/**
 * Watches affiliates' coupons.
 *
 * @package Refledger
 */

namespace Refledger;

use WC_Coupon;

defined( 'ABSPATH' ) || exit;

/**
 * Notes that a coupon of an affiliate was made, changed, trashed, brought back or deleted. Other coupons are the shop's
 * own business. No buyer changes a coupon: its use is counted by WooCommerce without these hooks, so that a checkout
 * costs nothing here.
 */
final class CouponWatch {

	/** Meta data of a coupon that Refledger made: whose it is. */
	const AFFILIATE = '_refledger_affiliate_id';

	/**
	 * Where the notes go.
	 *
	 * @var Outbox
	 */
	private $outbox;

	/**
	 * Takes the outbox.
	 *
	 * @param Outbox $outbox Where the notes go.
	 */
	public function __construct( Outbox $outbox ) {
		$this->outbox = $outbox;
	}

	/**
	 * Listens. Coupons are posts, also where orders are not.
	 */
	public function listen(): void {
		foreach ( array( 'woocommerce_new_coupon', 'woocommerce_update_coupon', 'wp_trash_post', 'untrashed_post', 'before_delete_post' ) as $hook ) {
			add_action( $hook, Guard::action( array( $this, 'changed' ) ), 100, 1 );
		}
	}

	/**
	 * A coupon, or another post, has changed.
	 *
	 * @param int|string $post_id The post.
	 */
	public function changed( $post_id ): void {
		$id = (int) $post_id;
		if ( ! Settings::is_connected() || 'shop_coupon' !== get_post_type( $id ) || '' === (string) get_post_meta( $id, self::AFFILIATE, true ) ) {
			return;
		}
		if ( ! $this->outbox->note( $id, time(), OutboxRow::COUPON ) ) {
			Log::error( sprintf( 'Coupon %d could not be noted in the outbox: the database refused.', $id ) );
		}
	}

	/**
	 * The coupon as CouponEvent takes it; null when it is not there, in the trash, or no affiliate's.
	 *
	 * @param int $id The coupon.
	 * @return array<string, mixed>|null
	 */
	public static function read( int $id ): ?array {
		if ( 'shop_coupon' !== get_post_type( $id ) || 'trash' === get_post_status( $id ) ) {
			return null;
		}
		$coupon = new WC_Coupon( $id );
		$owner  = (string) $coupon->get_meta( self::AFFILIATE );
		$ends   = $coupon->get_date_expires();
		return '' === $owner ? null : array(
			'id'                   => $id,
			'code'                 => $coupon->get_code(),
			'status'               => (string) get_post_status( $id ),
			'affiliate_id'         => $owner,
			'discount_type'        => $coupon->get_discount_type(),
			'amount'               => (string) $coupon->get_amount(),
			'minimum_amount'       => (string) $coupon->get_minimum_amount(),
			'usage_limit'          => $coupon->get_usage_limit(),
			'usage_limit_per_user' => $coupon->get_usage_limit_per_user(),
			'expires_at'           => null === $ends ? null : $ends->getTimestamp(),
		);
	}
}
