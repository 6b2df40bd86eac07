<?php

use PHPUnit\Framework\TestCase;
use Refledger\BuyerKeys;
use Refledger\CouponEvent;
use Refledger\EventEnvelope;

/** An affiliate's coupon was changed in the shop, or a buyer asked to be forgotten. */
final class CouponEventTest extends TestCase {

	const ENVELOPE = array(
		'event_id'    => '0f8fad5b-d9cb-469f-a165-70867728950e',
		'sequence'    => 7,
		'occurred_at' => 1764000000,
	);

	const COUPON = array(
		'id'                   => 12,
		'code'                 => 'anna10',
		'status'               => 'publish',
		'affiliate_id'         => 'aff_1',
		'discount_type'        => 'percent',
		'amount'               => '10.00',
		'minimum_amount'       => '',
		'usage_limit'          => 0,
		'usage_limit_per_user' => 1,
		'expires_at'           => 1764086400,
	);

	public function test_it_tells_the_whole_coupon(): void {
		$event = CouponEvent::changed( self::COUPON, self::ENVELOPE );
		$this->assertSame(
			array(
				'eventId'    => self::ENVELOPE['event_id'],
				'type'       => 'coupon.changed',
				'sequence'   => 7,
				'occurredAt' => '2025-11-24T16:00:00Z',
				'coupon'     => array(
					'id'                => '12',
					'code'              => 'anna10',
					'status'            => 'publish',
					'affiliateId'       => 'aff_1',
					'discountType'      => 'percent',
					'amount'            => '10.00',
					'minimumAmount'     => '0',
					'usageLimit'        => null,
					'usageLimitPerUser' => 1,
					'expiresAt'         => '2025-11-25T16:00:00Z',
				),
			),
			$event
		);
	}

	public function test_a_coupon_that_is_gone_is_told_by_its_number(): void {
		$event = CouponEvent::removed( 12, self::ENVELOPE );
		$this->assertSame( array( 'coupon.removed', 7, '12' ), array( $event['type'], $event['sequence'], $event['couponId'] ) );
	}

	public function test_a_buyer_is_forgotten_by_account_and_hash_and_never_by_address(): void {
		$keys  = new BuyerKeys( base64_encode( str_repeat( 'k', 32 ) ) );
		$hash  = $keys->email_hash( 'Gina@Buyers.example' );
		$event = EventEnvelope::customer_erased( 'e-1', 1764000000, 7, $hash );
		$this->assertSame( array( 'id' => '7', 'emailHash' => $hash ), $event['customer'] );
		$this->assertStringNotContainsStringIgnoringCase( 'gina', json_encode( $event ) );
		$this->assertSame( array( 'emailHash' => $hash ), EventEnvelope::customer_erased( 'e-1', 0, 0, $hash )['customer'] );
		$this->assertNull( EventEnvelope::customer_erased( 'e-1', 0, 0, null ) );
	}
}
