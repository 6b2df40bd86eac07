<?php

use PHPUnit\Framework\TestCase;
use Refledger\BackOff;

/** The server could not take an event. */
final class BackOffTest extends TestCase {

	public function test_waits_longer_every_time_and_then_leaves_it_to_a_person(): void {
		$waits = array();
		for ( $failures = 1; $failures <= 7; $failures++ ) {
			$waits[] = BackOff::wait( $failures, 0 );
		}
		$this->assertSame( array( 60, 300, 900, 3600, 21600, 86400, null ), $waits );
	}

	public function test_spreads_shops_that_failed_together_over_a_fifth_of_the_wait(): void {
		$this->assertSame( 330, BackOff::wait( 2, 0.5 ) );
		$this->assertSame( 360, BackOff::wait( 2, 1 ) );
	}

	public function test_waits_as_long_as_the_server_asks_but_no_longer_than_a_day(): void {
		$this->assertSame( 120, BackOff::wait( 1, 0, 120 ) );
		$this->assertSame( 60, BackOff::wait( 1, 0, 5 ), 'a wish never makes it shorter' );
		$this->assertSame( 86400, BackOff::wait( 1, 0, 999999999 ) );
	}
}
