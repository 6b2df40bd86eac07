<?php
/**
 * The payment of an order.
 *
 * @package Refledger
 */

namespace Refledger;

defined( 'ABSPATH' ) || exit;

/**
 * Whether and when an order was paid, as far as its status and dates tell (S7).
 */
final class PaymentFacts {

	/** Statuses that wait for money, unless the order has a date of payment (S7). */
	const WAITING = array( 'pending', 'on-hold', 'processing' );

	/**
	 * Whether the order is paid (S7). Of a shop's own status the date of payment tells, or the shop's list of paid
	 * statuses; else it is not known, and the last known state holds.
	 *
	 * @param array<string, mixed> $order The order.
	 */
	public static function is_paid( array $order ): ?bool {
		$dated = null !== ( $order['date_paid_gmt'] ?? null );
		if ( in_array( $order['status'], array( 'completed', 'refunded' ), true ) ) {
			return true;
		}
		if ( in_array( $order['status'], self::WAITING, true ) ) {
			return $dated;
		}
		if ( in_array( $order['status'], array( 'cancelled', 'failed' ), true ) ) {
			return false;
		}
		return $dated || ( $order['paid_status'] ?? false ) ? true : null;
	}

	/**
	 * When it was paid: cash on delivery has no date of payment and is paid when the order is completed.
	 *
	 * @param array<string, mixed> $order The order.
	 */
	public static function paid_at( array $order ): ?string {
		$paid = EventTime::of_gmt_or_null( $order['date_paid_gmt'] ?? null );
		if ( null === $paid && in_array( $order['status'], array( 'completed', 'refunded' ), true ) ) {
			return EventTime::of_gmt_or_null( $order['date_completed_gmt'] ?? null );
		}
		return $paid;
	}
}
