<?php
/**
 * Events of coupons as the server takes them.
 *
 * @package Refledger
 */

namespace Refledger;

defined( 'ABSPATH' ) || exit;

/**
 * Makes the event of an affiliate's coupon: its whole state, never a difference (docs/developers/signed-events.md).
 */
final class CouponEvent {

	/**
	 * The event that tells a coupon's state.
	 *
	 * @param array<string, mixed> $coupon   The coupon, as CouponWatch reads it.
	 * @param array<string, mixed> $envelope Event id, sequence and when the change was noticed.
	 * @phpstan-param array{event_id: string, sequence: int, occurred_at: int} $envelope
	 * @return array<string, mixed>
	 */
	public static function changed( array $coupon, array $envelope ): array {
		$ends  = $coupon['expires_at'];
		$state = array(
			'id'                => (string) $coupon['id'],
			'code'              => $coupon['code'],
			'status'            => $coupon['status'],
			'affiliateId'       => $coupon['affiliate_id'],
			'discountType'      => $coupon['discount_type'],
			'amount'            => self::decimal( $coupon['amount'] ),
			'minimumAmount'     => self::decimal( $coupon['minimum_amount'] ),
			'usageLimit'        => self::limit( $coupon['usage_limit'] ),
			'usageLimitPerUser' => self::limit( $coupon['usage_limit_per_user'] ),
			'expiresAt'         => null === $ends ? null : EventTime::of_seconds( (int) $ends ),
		);
		return EventEnvelope::of( 'coupon.changed', $envelope ) + array( 'coupon' => $state );
	}

	/**
	 * The event that tells that a coupon is in the trash, gone, or no affiliate's any more.
	 *
	 * @param int                  $coupon_id The coupon.
	 * @param array<string, mixed> $envelope  Event id, sequence and when the change was noticed.
	 * @phpstan-param array{event_id: string, sequence: int, occurred_at: int} $envelope
	 * @return array<string, mixed>
	 */
	public static function removed( int $coupon_id, array $envelope ): array {
		return EventEnvelope::of( 'coupon.removed', $envelope ) + array( 'couponId' => (string) $coupon_id );
	}

	/**
	 * An amount as WooCommerce stores it; none is nothing.
	 *
	 * @param string $amount The amount.
	 */
	private static function decimal( string $amount ): string {
		return '' === $amount ? '0' : $amount;
	}

	/**
	 * WooCommerce writes 0 for no limit.
	 *
	 * @param int|null $limit The limit.
	 */
	private static function limit( ?int $limit ): ?int {
		return 0 === (int) $limit ? null : $limit;
	}
}
