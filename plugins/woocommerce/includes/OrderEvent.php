<?php
/**
 * Events as the server takes them.
 *
 * @package Refledger
 */

namespace Refledger;

use InvalidArgumentException;

defined( 'ABSPATH' ) || exit;

/**
 * Makes the event of an order: its whole state, never a difference (docs/developers/signed-events.md). An array in,
 * an array out; the input has the members of WooCommerce's REST v3 that are used here, so that recorded answers of
 * a shop are input as they are. `refund_details` are the answers of `orders/{id}/refunds`.
 */
final class OrderEvent {

	/** Opening the block checkout makes such an order; it is nobody's sale yet. */
	const DRAFTS = array( 'checkout-draft', 'auto-draft', 'draft' );

	/**
	 * URL parameters that may carry a code.
	 *
	 * @var string[]
	 */
	private $params;

	/**
	 * Tells of buyers.
	 *
	 * @var BuyerFacts
	 */
	private $buyers;

	/**
	 * Takes what is the same for all orders of the shop.
	 *
	 * @param string[]       $params URL parameters that may carry a code.
	 * @param BuyerKeys|null $keys   Hashes buyers.
	 */
	public function __construct( array $params, ?BuyerKeys $keys ) {
		$this->params = $params;
		$this->buyers = new BuyerFacts( $keys );
	}

	/**
	 * The event that tells an order's state.
	 *
	 * @param array<string, mixed> $order    The order.
	 * @param array<string, mixed> $envelope Event id, sequence and when the change was noticed, as in `removed`.
	 * @phpstan-param array{event_id: string, sequence: int, occurred_at: int} $envelope
	 * @param int                  $not_before The order is as new as this at least, in Unix seconds: bringing an order
	 *                                         back from the trash does not change its date.
	 * @return array<string, mixed>
	 * @throws InvalidArgumentException When an amount cannot be read.
	 */
	public function upsert( array $order, array $envelope, int $not_before = 0 ): array {
		$digits  = CurrencyDecimals::of( $order['currency'] );
		$created = EventTime::of_gmt( $order['date_created_gmt'] );
		$changed = EventTime::of_gmt( $order['date_modified_gmt'] ?? $order['date_created_gmt'] );
		$meta    = MetaData::read( $order );
		$state   = array(
			'id'        => (string) $order['id'],
			'number'    => (string) $order['number'],
			'status'    => $order['status'],
			'isPaid'    => PaymentFacts::is_paid( $order ),
			'currency'  => $order['currency'],
			'createdAt' => $created,
			'updatedAt' => $not_before > 0 ? max( $changed, EventTime::of_seconds( $not_before ) ) : $changed,
			'lines'     => $this->lines( $order, $digits ),
			'fees'      => $this->fees( $order['fee_lines'] ?? array(), $digits ),
			'shipping'  => $this->shipping( $order['shipping_lines'] ?? array(), $digits ),
			'refunds'   => RefundFacts::read( $order['refund_details'] ?? array(), $digits ),
			'coupons'   => array_column( $order['coupon_lines'] ?? array(), 'code' ),
			'customer'  => $this->buyers->read( $order ),
		);
		$known   = array(
			'paidAt'            => PaymentFacts::paid_at( $order ),
			'fulfilledAt'       => EventTime::of_gmt_or_null( $order['date_completed_gmt'] ?? null ),
			'checkoutStartedAt' => Referral::evidence( $meta )['checkoutStartedAt'] ?? null,
			'referral'          => Referral::read( $meta, $this->params ),
		);
		return EventEnvelope::of( 'order.upsert', $envelope ) + array( 'order' => $state + array_filter( $known ) );
	}

	/**
	 * The event that tells that an order is in the trash or gone.
	 *
	 * @param int                  $order_id The order.
	 * @param array<string, mixed> $envelope Event id, sequence, and when the change was noticed in Unix seconds.
	 * @phpstan-param array{event_id: string, sequence: int, occurred_at: int} $envelope
	 * @return array<string, mixed>
	 */
	public static function removed( int $order_id, array $envelope ): array {
		return EventEnvelope::of( 'order.removed', $envelope ) + array( 'orderId' => (string) $order_id );
	}

	/**
	 * Whether an order of this status is none yet.
	 *
	 * @param string $status The order's status.
	 */
	public static function is_draft( string $status ): bool {
		return in_array( $status, self::DRAFTS, true );
	}

	/**
	 * What is compared to see whether an order has anything new to tell: all but the event's own names and dates.
	 *
	 * @param array<string, mixed> $event An event made here.
	 */
	public static function fingerprint( array $event ): string {
		unset( $event['eventId'], $event['sequence'], $event['occurredAt'], $event['order']['updatedAt'] );
		return hash( 'sha256', (string) json_encode( $event ) ); // phpcs:ignore WordPress.WP.AlternativeFunctions.json_encode_json_encode -- also run without WordPress.
	}

	/**
	 * The goods; amounts without tax, also where the shop's prices include it (S4).
	 *
	 * @param array<string, mixed> $order  The order.
	 * @param int                  $digits Decimals of its currency.
	 * @return array<int, array<string, mixed>>
	 */
	private function lines( array $order, int $digits ): array {
		$lines = array();
		foreach ( $order['line_items'] as $item ) {
			$lines[] = array(
				'id'          => (string) $item['id'],
				'productId'   => 0 === (int) $item['product_id'] ? null : (string) $item['product_id'],
				'categoryIds' => array_map( 'strval', array_slice( $item['category_ids'] ?? array(), 0, 50 ) ),
				'title'       => (string) $item['name'],
				'quantity'    => abs( $item['quantity'] ),
				'subtotal'    => Decimal::round( (string) $item['subtotal'], $digits ),
				'total'       => Decimal::round( (string) $item['total'], $digits ),
				'totalTax'    => Decimal::round( (string) $item['total_tax'], $digits ),
				'giftCard'    => (bool) ( $item['gift_card'] ?? false ),
			);
		}
		return $lines;
	}

	/**
	 * Fees; one below zero is a discount, which the server spreads over the lines (S4).
	 *
	 * @param array<int, array<string, mixed>> $items  The order's fees.
	 * @param int                              $digits Decimals of its currency.
	 * @return array<int, array<string, string>>
	 */
	private function fees( array $items, int $digits ): array {
		$fees = array();
		foreach ( $items as $item ) {
			$fees[] = array(
				'id'       => (string) $item['id'],
				'total'    => Decimal::round( (string) $item['total'], $digits ),
				'totalTax' => Decimal::round( (string) $item['total_tax'], $digits ),
			);
		}
		return $fees;
	}

	/**
	 * What the buyer paid for shipping; below zero, which is no shipping, counts as nothing.
	 *
	 * @param array<int, array<string, mixed>> $items  The order's kinds of shipping.
	 * @param int                              $digits Decimals of its currency.
	 * @return array{total: string, totalTax: string}
	 */
	private function shipping( array $items, int $digits ): array {
		return array(
			'total'    => Amounts::not_below_zero( Amounts::sum( $items, 'total', $digits ), $digits ),
			'totalTax' => Amounts::not_below_zero( Amounts::sum( $items, 'total_tax', $digits ), $digits ),
		);
	}
}
