<?php

use PHPUnit\Framework\TestCase;
use Refledger\Referral;
use Refledger\Visit;

/** What an order tells about who sent the buyer (S3). */
final class ReferralTest extends TestCase {

	public function test_tells_code_browser_and_time_of_the_visit(): void {
		$meta = array(
			'_refledger_ref'      => 'ANNA',
			'_refledger_evidence' => '{"source":"session","visitor":"1-2-3-4","landedAt":"2026-11-20T10:00:00Z"}',
		);
		$this->assertSame(
			array(
				'code'       => 'ANNA',
				'source'     => 'session',
				'visitorKey' => '1-2-3-4',
				'landedAt'   => '2026-11-20T10:00:00Z',
			),
			Referral::read( $meta, array( 'ref' ) )
		);
	}

	public function test_without_our_own_mark_woocommerces_attribution_is_read(): void {
		$meta = array( '_wc_order_attribution_session_entry' => 'https://shop.example/?utm_source=x&aff=anna-1#top' );
		$this->assertSame(
			array(
				'code'   => 'anna-1',
				'source' => 'landing page',
			),
			Referral::read( $meta, array( 'ref', 'aff' ) )
		);
		$this->assertNull( Referral::read( $meta, array( 'ref' ) ) );
	}

	public function test_the_time_of_our_own_mark_is_not_told_of_another_code(): void {
		$meta = array(
			'_refledger_evidence'                 => '{"landedAt":"2026-11-20T10:00:00Z"}',
			'_wc_order_attribution_session_entry' => 'https://shop.example/?ref=BEN',
		);
		$this->assertArrayNotHasKey( 'landedAt', Referral::read( $meta, array( 'ref' ) ) );
	}

	public function test_our_own_mark_comes_before_woocommerces_attribution(): void {
		$meta = array(
			'_refledger_ref'                      => 'ANNA',
			'_wc_order_attribution_session_entry' => 'https://shop.example/?ref=BEN',
		);
		$this->assertSame( 'ANNA', Referral::read( $meta, array( 'ref' ) )['code'] );
	}

	public function test_what_other_plugins_and_buyers_wrote_is_not_told(): void {
		$this->assertNull( Referral::read( array( '_refledger_ref' => '<script>' ), array( 'ref' ) ) );
		$this->assertNull( Referral::read( array( '_refledger_evidence' => '[1' ), array( 'ref' ) ) );
		$this->assertNull( Referral::read( array( '_refledger_evidence' => '{"visitor":["x"]}' ), array( 'ref' ) ) );
		$this->assertNull( Referral::read( array( '_wc_order_attribution_session_entry' => 'https://a.example/?ref[]=ANNA' ), array( 'ref' ) ) );
		$this->assertNull( Referral::read( array(), array( 'ref' ) ) );
	}

	public function test_a_cookie_is_read_and_its_time_only_for_the_same_code(): void {
		$cookies = array(
			'_aff_ref'     => 'ANNA',
			'_aff_visitor' => '1-2-3-4',
			'_aff_landed'  => 'ANNA.1798000000',
		);
		$this->assertSame( '2026-12-23T04:26:40Z', Visit::read( $cookies )['landedAt'] );
		$this->assertArrayNotHasKey( 'landedAt', Visit::read( array( '_aff_landed' => 'BEN.1798000000' ) + $cookies ) );
		$this->assertSame( array(), Visit::read( array( '_aff_ref' => "ANNA'; DROP", '_aff_visitor' => array( 'x' ) ) ) );
	}

	public function test_a_session_is_checked_like_a_cookie(): void {
		$kept = array(
			'code'              => 'ANNA',
			'visitor'           => '<b>',
			'checkoutStartedAt' => '2026-11-20T10:00:00Z',
			'landedAt'          => 'yesterday',
			'else'              => 'x',
		);
		$this->assertSame( array( 'code' => 'ANNA', 'checkoutStartedAt' => '2026-11-20T10:00:00Z' ), Visit::recall( $kept ) );
		$this->assertSame( array(), Visit::recall( 'ANNA' ) );
	}
}
