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

	/** Statuses that wait for money, unless the order has a date of payment (S7). */
	const WAITING = array( 'pending', 'on-hold', 'processing' );

	/** What WooCommerce's own eraser writes: one address for everybody is nobody's. */
	const ERASED_EMAIL = 'deleted@site.invalid';

	/**
	 * URL parameters that may carry a code.
	 *
	 * @var string[]
	 */
	private $params;

	/**
	 * Hashes buyers; null where the server gave no key, and then nothing of the buyer but the account's id is told.
	 *
	 * @var BuyerKeys|null
	 */
	private $keys;

	/**
	 * Takes what is the same for all orders of the shop.
	 *
	 * @param string[]       $params URL parameters that may carry a code.
	 * @param BuyerKeys|null $keys   Hashes buyers.
	 */
	public function __construct( array $params, ?BuyerKeys $keys ) {
		$this->params = $params;
		$this->keys   = $keys;
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
		$created = self::moment( $order['date_created_gmt'] );
		$changed = self::moment( $order['date_modified_gmt'] ?? $order['date_created_gmt'] );
		$meta    = self::meta( $order );
		$state   = array(
			'id'        => (string) $order['id'],
			'number'    => (string) $order['number'],
			'status'    => $order['status'],
			'isPaid'    => self::is_paid( $order ),
			'currency'  => $order['currency'],
			'createdAt' => $created,
			'updatedAt' => $not_before > 0 ? max( $changed, self::iso( $not_before ) ) : $changed,
			'lines'     => $this->lines( $order, $digits ),
			'fees'      => $this->fees( $order['fee_lines'] ?? array(), $digits ),
			'shipping'  => $this->shipping( $order['shipping_lines'] ?? array(), $digits ),
			'refunds'   => $this->refunds( $order['refund_details'] ?? array(), $digits ),
			'coupons'   => array_column( $order['coupon_lines'] ?? array(), 'code' ),
			'customer'  => $this->customer( $order ),
		);
		$known   = array(
			'paidAt'            => self::paid_at( $order ),
			'fulfilledAt'       => self::moment_or_null( $order['date_completed_gmt'] ?? null ),
			'checkoutStartedAt' => Referral::evidence( $meta )['checkoutStartedAt'] ?? null,
			'referral'          => Referral::read( $meta, $this->params ),
		);
		return self::envelope( 'order.upsert', $envelope ) + array( 'order' => $state + array_filter( $known ) );
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
		return self::envelope( 'order.removed', $envelope ) + array( 'orderId' => (string) $order_id );
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
	 * What every event of an order has.
	 *
	 * @param string               $type     The event's type.
	 * @param array<string, mixed> $envelope Event id, sequence and when the change was noticed.
	 * @phpstan-param array{event_id: string, sequence: int, occurred_at: int} $envelope
	 * @return array<string, mixed>
	 */
	private static function envelope( string $type, array $envelope ): array {
		return array(
			'eventId'    => $envelope['event_id'],
			'type'       => $type,
			'sequence'   => $envelope['sequence'],
			'occurredAt' => self::iso( $envelope['occurred_at'] ),
		);
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
			'total'    => self::not_below_zero( self::total( $items, 'total', $digits ), $digits ),
			'totalTax' => self::not_below_zero( self::total( $items, 'total_tax', $digits ), $digits ),
		);
	}

	/**
	 * The refunds with their lines, oldest first. Amount-only ones, "refund the rest" and a status set by hand have
	 * no lines: their amount is spread by the server over what is left (S6).
	 *
	 * @param array<int, array<string, mixed>> $items  The refunds.
	 * @param int                              $digits Decimals of the currency.
	 * @return array<int, array<string, mixed>>
	 */
	private function refunds( array $items, int $digits ): array {
		$refunds = array();
		foreach ( $items as $item ) {
			$shipping  = $item['shipping_lines'] ?? array();
			$tax       = self::not_below_zero( Decimal::negate( self::total( $shipping, 'total_tax', $digits ) ), $digits );
			$net       = self::not_below_zero( Decimal::negate( self::total( $shipping, 'total', $digits ) ), $digits );
			$refunds[] = array(
				'id'          => (string) $item['id'],
				'createdAt'   => self::moment( $item['date_created_gmt'] ),
				'amount'      => self::not_below_zero( Decimal::round( (string) $item['amount'], $digits ), $digits ),
				'lines'       => array_merge(
					self::refunded( $item['line_items'] ?? array(), $digits ),
					self::refunded( $item['fee_lines'] ?? array(), $digits )
				),
				'shipping'    => Decimal::sum( array( $net, $tax ), $digits ),
				'shippingTax' => $tax,
			);
		}
		usort(
			$refunds,
			static function ( array $a, array $b ): int {
				return array( $a['createdAt'], (int) $a['id'] ) <=> array( $b['createdAt'], (int) $b['id'] );
			}
		);
		return $refunds;
	}

	/**
	 * Lines of a refund, which WooCommerce writes below zero. One that does not say what it refunds, or that takes
	 * instead of giving, counts by the refund's amount alone.
	 *
	 * @param array<int, array<string, mixed>> $items  The refund's lines or fees.
	 * @param int                              $digits Decimals of the currency.
	 * @return array<int, array<string, mixed>>
	 */
	private static function refunded( array $items, int $digits ): array {
		$lines = array();
		foreach ( $items as $item ) {
			$line_id = self::meta( $item )['_refunded_item_id'] ?? '';
			$total   = Decimal::negate( Decimal::round( (string) $item['total'], $digits ) );
			$tax     = Decimal::negate( Decimal::round( (string) $item['total_tax'], $digits ) );
			if ( '' !== $line_id && ! Decimal::is_negative( $total ) && ! Decimal::is_negative( $tax ) ) {
				$lines[] = array(
					'lineId'   => $line_id,
					'quantity' => abs( $item['quantity'] ?? 0 ),
					'total'    => $total,
					'totalTax' => $tax,
				);
			}
		}
		return $lines;
	}

	/**
	 * The sum of one member of some items, each rounded by itself, as the shop's REST tells them.
	 *
	 * @param array<int, array<string, mixed>> $items  The items.
	 * @param string                           $member Name of the amount.
	 * @param int                              $digits Decimals of the currency.
	 */
	private static function total( array $items, string $member, int $digits ): string {
		$amounts = array();
		foreach ( $items as $item ) {
			$amounts[] = Decimal::round( (string) $item[ $member ], $digits );
		}
		return Decimal::sum( $amounts, $digits );
	}

	/**
	 * The amount, or zero when it is below.
	 *
	 * @param string $amount The amount.
	 * @param int    $digits Decimals of the currency.
	 */
	private static function not_below_zero( string $amount, int $digits ): string {
		return Decimal::is_negative( $amount ) ? Decimal::round( '0', $digits ) : $amount;
	}

	/**
	 * The buyer as keyed hashes (S8, S9). Once a shop has erased somebody's data, nothing is told of them.
	 *
	 * @param array<string, mixed> $order The order.
	 * @return array<string, mixed>|null
	 */
	private function customer( array $order ): ?array {
		$email = (string) ( $order['billing']['email'] ?? '' );
		if ( self::ERASED_EMAIL === $email || ( $order['erased'] ?? false ) ) {
			return null;
		}
		$billing  = $this->address_hash( $order['billing'] ?? array() );
		$customer = array(
			'id'               => 0 === (int) $order['customer_id'] ? null : (string) $order['customer_id'],
			'emailHash'        => null === $this->keys ? null : $this->keys->email_hash( $email ),
			'addressHash'      => $billing ?? $this->address_hash( $order['shipping'] ?? array() ),
			'paidOrdersBefore' => $order['paid_orders_before'] ?? null,
		);
		$known    = array_filter(
			$customer,
			static function ( $value ): bool {
				return null !== $value;
			}
		);
		return array() === $known ? null : $known;
	}

	/**
	 * The keyed hash of an address of the order; null when it names no home or there is no key.
	 *
	 * @param array<string, string> $address Billing or shipping.
	 */
	private function address_hash( array $address ): ?string {
		if ( null === $this->keys ) {
			return null;
		}
		return $this->keys->address_hash(
			array(
				'country'  => (string) ( $address['country'] ?? '' ),
				'postcode' => (string) ( $address['postcode'] ?? '' ),
				'city'     => (string) ( $address['city'] ?? '' ),
				'line1'    => (string) ( $address['address_1'] ?? '' ),
				'line2'    => (string) ( $address['address_2'] ?? '' ),
			)
		);
	}

	/**
	 * Whether the order is paid (S7). Of a shop's own status the date of payment tells, or the shop's list of paid
	 * statuses; else it is not known, and the last known state holds.
	 *
	 * @param array<string, mixed> $order The order.
	 */
	private static function is_paid( array $order ): ?bool {
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
	private static function paid_at( array $order ): ?string {
		$paid = self::moment_or_null( $order['date_paid_gmt'] ?? null );
		if ( null === $paid && in_array( $order['status'], array( 'completed', 'refunded' ), true ) ) {
			return self::moment_or_null( $order['date_completed_gmt'] ?? null );
		}
		return $paid;
	}

	/**
	 * Values of meta data by key, as far as they are text or numbers.
	 *
	 * @param array<string, mixed> $owner An order or a line.
	 * @return array<string, string>
	 */
	private static function meta( array $owner ): array {
		$meta = array();
		foreach ( $owner['meta_data'] ?? array() as $entry ) {
			if ( is_scalar( $entry['value'] ?? null ) ) {
				$meta[ (string) $entry['key'] ] = (string) $entry['value'];
			}
		}
		return $meta;
	}

	/**
	 * A time of WooCommerce's REST, UTC without saying so, as one that says so.
	 *
	 * @param string $gmt For example `2026-11-21T03:29:34`.
	 */
	private static function moment( string $gmt ): string {
		return rtrim( $gmt, 'Z' ) . 'Z';
	}

	/**
	 * The same of a time that an order need not have.
	 *
	 * @param string|null $gmt The time.
	 */
	private static function moment_or_null( ?string $gmt ): ?string {
		return null === $gmt ? null : self::moment( $gmt );
	}

	/**
	 * A Unix time as text.
	 *
	 * @param int $seconds Unix time in seconds.
	 */
	private static function iso( int $seconds ): string {
		return gmdate( 'Y-m-d\TH:i:s\Z', $seconds );
	}
}
