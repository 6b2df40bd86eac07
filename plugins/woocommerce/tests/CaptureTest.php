<?php

use PHPUnit\Framework\TestCase;
use Refledger\Capture;
use Refledger\Referral;

/** WooCommerce Subscriptions copies all of an order's meta data to a subscription, and to each renewal. */
final class CaptureTest extends TestCase {

	public function test_a_renewal_keeps_the_code_and_when_it_came_and_not_the_browser_or_the_checkout(): void {
		$evidence = array(
			'source'            => 'cookie',
			'visitor'           => 'v-1',
			'landedAt'          => '2026-10-01T10:00:00Z',
			'checkoutStartedAt' => '2026-10-02T10:00:00Z',
		);
		$meta = array(
			Referral::CODE     => 'ANNA',
			Referral::EVIDENCE => json_encode( $evidence ),
			'_theirs'          => array( 'kept' ),
		);
		$copied = ( new Capture() )->copied_meta( $meta );
		$this->assertSame( array( 'ANNA', array( 'kept' ) ), array( $copied[ Referral::CODE ], $copied['_theirs'] ) );
		$this->assertSame(
			array( 'source' => 'cookie', 'landedAt' => '2026-10-01T10:00:00Z' ),
			json_decode( $copied[ Referral::EVIDENCE ], true )
		);
	}

	public function test_what_another_plugin_wrote_there_does_no_harm(): void {
		foreach ( array( 'no json', '[1]', '' ) as $text ) {
			$copied = ( new Capture() )->copied_meta( array( Referral::EVIDENCE => $text ) );
			$this->assertSame( array(), array_intersect_key( (array) json_decode( $copied[ Referral::EVIDENCE ], true ), array( 'visitor' => '' ) ) );
		}
	}
}
