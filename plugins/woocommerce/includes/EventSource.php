<?php
/**
 * What a row of the outbox tells.
 *
 * @package Refledger
 */

namespace Refledger;

defined( 'ABSPATH' ) || exit;

/**
 * Reads what a claimed row tells of and makes its event.
 */
class EventSource {

	/**
	 * Reads orders.
	 *
	 * @var OrderReader
	 */
	private $reader;

	/**
	 * Takes what reads orders.
	 *
	 * @param OrderReader $reader Reads orders.
	 */
	public function __construct( OrderReader $reader ) {
		$this->reader = $reader;
	}

	/**
	 * The event that tells the order's present state; null while it is a draft. An order that is not there, or in the
	 * trash, is told as removed; so is a coupon.
	 *
	 * @param OutboxRow      $row      The row.
	 * @param OutboxRow|null $previous What the order told before.
	 * @return array<string, mixed>|null
	 */
	public function make( OutboxRow $row, ?OutboxRow $previous ): ?array {
		if ( OutboxRow::COUPON === $row->subject ) {
			$coupon = CouponWatch::read( $row->order_id );
			return null === $coupon ? CouponEvent::removed( $row->order_id, $row->envelope() ) : CouponEvent::changed( $coupon, $row->envelope() );
		}
		$order = $this->reader->read( $row->order_id );
		if ( null === $order ) {
			return OrderEvent::removed( $row->order_id, $row->envelope() );
		}
		if ( OrderEvent::is_draft( $order['status'] ) ) {
			return null;
		}
		$restored = null !== $previous && 'order.removed' === $previous->type;
		$maker    = new OrderEvent( Settings::params(), Settings::buyer_keys() );
		return $maker->upsert( $order, $row->envelope(), $restored ? $row->created_at : 0 );
	}
}
