<?php

use PHPUnit\Framework\TestCase;
use Refledger\Credit;

/** Staff open an order and the server is asked who is credited. */
final class CreditTest extends TestCase {

	private static function answer( array $changes = array() ): string {
		return json_encode(
			$changes + array(
				'state'       => 'credited',
				'words'       => array( 'Credited to Anna by the coupon anna10; 6.32 EUR, pending until 2026-11-01 10:00 UTC.' ),
				'receiptPath' => '/receipts/eyJh.0a1b',
			)
		);
	}

	public function test_the_servers_words_and_the_link_are_taken(): void {
		$credit = Credit::read( 200, self::answer() );
		$this->assertSame( array( 'Credited to Anna by the coupon anna10; 6.32 EUR, pending until 2026-11-01 10:00 UTC.' ), $credit->words );
		$this->assertSame( '/receipts/eyJh.0a1b', $credit->receipt_path );
		$this->assertTrue( $credit->is_settled );
	}

	public function test_what_is_not_known_yet_is_asked_again_soon(): void {
		$credit = Credit::read( 200, self::answer( array( 'state' => 'unknown', 'words' => array( 'Not known yet.' ), 'receiptPath' => null ) ) );
		$this->assertSame( array( array( 'Not known yet.' ), '', false ), array( $credit->words, $credit->receipt_path, $credit->is_settled ) );
	}

	public function failures(): array {
		return array(
			'no answer'                   => array( 0, '', 'did not answer in time' ),
			'a server without this hook'  => array( 404, '{"error":{}}', 'too old' ),
			'asked too often'             => array( 429, '', 'busy' ),
			'a server with a problem'     => array( 500, '<h1>oops</h1>', 'busy' ),
			'a signature that is refused' => array( 401, '', 'does not accept' ),
			'a shop that is disconnected' => array( 410, '', 'was disconnected' ),
			'a redirect'                  => array( 302, '', 'leads on to another one' ),
			'a page of the host'          => array( 200, '<h1>Welcome</h1>', 'not Refledger' ),
			'words that are none'         => array( 200, '{"words":"x"}', 'not Refledger' ),
		);
	}

	/**
	 * @dataProvider failures
	 */
	public function test_a_failure_is_told_in_words( int $status, string $body, string $words ): void {
		$credit = Credit::read( $status, $body );
		$this->assertCount( 1, $credit->words );
		$this->assertStringContainsString( $words, $credit->words[0] );
		$this->assertSame( array( '', false ), array( $credit->receipt_path, $credit->is_settled ) );
	}

	public function paths(): array {
		return array(
			'another host'   => array( '//evil.example/receipts/x' ),
			'an address'     => array( 'https://evil.example/receipts/x' ),
			'a script'       => array( 'javascript:alert(1)' ),
			'another page'   => array( '/receipts/../setup/x' ),
			'no text'        => array( 7 ),
			'a line break'   => array( "/receipts/x\n" ),
		);
	}

	/**
	 * @dataProvider paths
	 */
	public function test_a_link_that_leads_elsewhere_is_not_shown( $path ): void {
		$this->assertSame( '', Credit::read( 200, self::answer( array( 'receiptPath' => $path ) ) )->receipt_path );
	}

	public function test_what_was_kept_is_the_same_and_what_others_kept_is_nothing(): void {
		$credit = Credit::read( 200, self::answer() );
		$this->assertEquals( $credit, Credit::recall( $credit->keep() ) );
		$this->assertNull( Credit::recall( false ) );
		$this->assertNull( Credit::recall( array( 'words' => 'x' ) ) );
	}
}
