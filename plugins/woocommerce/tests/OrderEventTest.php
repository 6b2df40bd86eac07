<?php

use PHPUnit\Framework\TestCase;
use Refledger\BuyerKeys;
use Refledger\OrderEvent;

/** An order has something to tell. */
final class OrderEventTest extends TestCase {

	const ENVELOPE = array(
		'event_id'    => '0f8fad5b-d9cb-469f-a165-70867728950e',
		'sequence'    => 7,
		'occurred_at' => 1764000000,
	);

	private function order( array $changes = array() ): array {
		return $changes + array(
			'id'                => 57,
			'number'            => '57',
			'status'            => 'processing',
			'currency'          => 'USD',
			'date_created_gmt'  => '2026-11-21T03:29:00',
			'date_modified_gmt' => '2026-11-21T03:29:34',
			'date_paid_gmt'     => null,
			'customer_id'       => 0,
			'billing'           => array( 'email' => 'Buyer@Example.com' ),
			'line_items'        => array(
				array(
					'id'         => 122,
					'product_id' => 11,
					'name'       => 'T-Shirt',
					'quantity'   => 3,
					'subtotal'   => '60',
					'total'      => '54',
					'total_tax'  => '4.59',
				),
			),
		);
	}

	private function tell( array $order, ?BuyerKeys $keys = null ): array {
		return ( new OrderEvent( array( 'ref' ), $keys ) )->upsert( $order, self::ENVELOPE )['order'];
	}

	public function test_the_envelope_names_event_order_and_time(): void {
		$event = ( new OrderEvent( array( 'ref' ), null ) )->upsert( $this->order(), self::ENVELOPE );
		$this->assertSame( array( 'eventId', 'type', 'sequence', 'occurredAt', 'order' ), array_keys( $event ) );
		$this->assertSame( '2025-11-24T16:00:00Z', $event['occurredAt'] );
		$removed = OrderEvent::removed( 57, self::ENVELOPE );
		$this->assertSame( array( 'order.removed', '57', 7 ), array( $removed['type'], $removed['orderId'], $removed['sequence'] ) );
	}

	public function payments(): array {
		$paid = '2026-11-21T04:00:00';
		return array(
			'processing, cash on delivery: waits (S7)'    => array( 'processing', null, false, false ),
			'processing with a date of payment: paid'     => array( 'processing', $paid, false, true ),
			'pending: waits'                              => array( 'pending', null, false, false ),
			'on-hold: waits'                              => array( 'on-hold', null, false, false ),
			'completed without a date of payment: paid'   => array( 'completed', null, true, true ),
			'refunded: was paid, its refunds take it all' => array( 'refunded', null, false, true ),
			'cancelled: not'                              => array( 'cancelled', $paid, false, false ),
			'failed: not'                                 => array( 'failed', null, false, false ),
			'a shop\'s own "shipped", dated: paid'        => array( 'shipped', $paid, false, true ),
			'a shop\'s own paid status: paid'             => array( 'shipped', null, true, true ),
			'a shop\'s own status else: not known'        => array( 'shipped', null, false, null ),
		);
	}

	/** @dataProvider payments */
	public function test_says_whether_it_is_paid( string $status, ?string $paid_at, bool $paid_status, ?bool $is_paid ): void {
		$order = $this->order(
			array(
				'status'        => $status,
				'date_paid_gmt' => $paid_at,
				'paid_status'   => $paid_status,
			)
		);
		$this->assertSame( $is_paid, $this->tell( $order )['isPaid'] );
	}

	public function test_amounts_have_the_decimals_of_their_currency_whatever_the_shop_is_set_to(): void {
		foreach ( array( 'USD' => '54.00', 'JPY' => '54', 'KWD' => '54.000' ) as $currency => $total ) {
			$this->assertSame( $total, $this->tell( $this->order( array( 'currency' => $currency ) ) )['lines'][0]['total'], $currency );
		}
	}

	public function test_a_refund_names_its_lines_and_what_is_not_explained_stays_an_amount(): void {
		$refund = array(
			'id'               => 58,
			'date_created_gmt' => '2026-11-21T03:30:00',
			'amount'           => '27.03',
			'line_items'       => array(
				array(
					'quantity'  => -1,
					'total'     => '-18',
					'total_tax' => '-1.53',
					'meta_data' => array( array( 'key' => '_refunded_item_id', 'value' => '122' ) ),
				),
				array(
					'quantity'  => -1,
					'total'     => '-1',
					'total_tax' => '0',
				),
			),
			'shipping_lines'   => array( array( 'total' => '-7.50', 'total_tax' => '0' ) ),
		);
		$told   = $this->tell( $this->order( array( 'refund_details' => array( $refund ) ) ) )['refunds'][0];
		$this->assertSame( '27.03', $told['amount'] );
		$this->assertSame( '7.50', $told['shipping'] );
		$this->assertSame( array( array( 'lineId' => '122', 'quantity' => 1, 'total' => '18.00', 'totalTax' => '1.53' ) ), $told['lines'] );
	}

	public function test_the_buyer_is_told_as_hashes_or_not_at_all(): void {
		$keys = new BuyerKeys( base64_encode( str_repeat( 'k', 32 ) ) );
		$told = $this->tell( $this->order( array( 'customer_id' => 5, 'paid_orders_before' => 0 ) ), $keys );
		$this->assertSame( $keys->email_hash( 'buyer@example.com' ), $told['customer']['emailHash'] );
		$this->assertSame( '5', $told['customer']['id'] );
		$this->assertSame( 0, $told['customer']['paidOrdersBefore'] );
		$this->assertStringNotContainsStringIgnoringCase( 'example.com', json_encode( $told ) );
		$this->assertNull( $this->tell( $this->order() )['customer'], 'without a key nothing of a guest is told' );
	}

	public function test_buyers_whose_data_the_shop_erased_are_not_one_buyer(): void {
		$keys = new BuyerKeys( base64_encode( str_repeat( 'k', 32 ) ) );
		$this->assertNull( $this->tell( $this->order( array( 'billing' => array( 'email' => 'deleted@site.invalid' ) ) ), $keys )['customer'] );
		$this->assertNull( $this->tell( $this->order( array( 'erased' => true ) ), $keys )['customer'] );
	}

	public function test_an_order_out_of_the_trash_is_newer_than_its_removal(): void {
		$maker = new OrderEvent( array( 'ref' ), null );
		$this->assertSame( '2026-11-21T03:29:34Z', $maker->upsert( $this->order(), self::ENVELOPE )['order']['updatedAt'] );
		$this->assertSame( '2030-01-01T00:00:00Z', $maker->upsert( $this->order(), self::ENVELOPE, 1893456000 )['order']['updatedAt'] );
	}

	public function test_only_what_changed_in_the_order_is_news(): void {
		$maker  = new OrderEvent( array( 'ref' ), null );
		$before = $maker->upsert( $this->order(), self::ENVELOPE );
		$later  = array( 'event_id' => 'x', 'sequence' => 8, 'occurred_at' => 1764000060 );
		$same   = $maker->upsert( $this->order( array( 'date_modified_gmt' => '2026-11-21T05:00:00' ) ), $later );
		$other  = $maker->upsert( $this->order( array( 'status' => 'completed' ) ), $later );
		$this->assertSame( OrderEvent::fingerprint( $before ), OrderEvent::fingerprint( $same ) );
		$this->assertNotSame( OrderEvent::fingerprint( $before ), OrderEvent::fingerprint( $other ) );
	}

	public function test_an_amount_that_is_none_is_refused_instead_of_guessed(): void {
		$order                           = $this->order();
		$order['line_items'][0]['total'] = '12,50';
		$this->expectException( InvalidArgumentException::class );
		$this->tell( $order );
	}
}
