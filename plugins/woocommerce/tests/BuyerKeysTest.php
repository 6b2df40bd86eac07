<?php

use PHPUnit\Framework\TestCase;
use Refledger\BuyerKeys;
use Refledger\EmailAddress;
use Refledger\PostalAddress;

final class BuyerKeysTest extends TestCase {

	private static function keys(): BuyerKeys {
		return new BuyerKeys( refledger_vectors( 'buyer-keys' )['key'] );
	}

	public function emails(): array {
		return array_column( refledger_vectors( 'buyer-keys' )['emails'], null, 'why' );
	}

	/** @dataProvider emails */
	public function test_hashes_an_email_as_the_server_does( string $why, string $raw, ?string $normalised, ?string $hash ): void {
		$this->assertSame( $normalised, EmailAddress::normalise( $raw ), $why );
		$this->assertSame( $hash, self::keys()->email_hash( $raw ), $why );
	}

	public function addresses(): array {
		return array_column( refledger_vectors( 'buyer-keys' )['addresses'], null, 'why' );
	}

	/** @dataProvider addresses */
	public function test_hashes_an_address_as_the_server_does( string $why, array $address, ?string $normalised, ?string $hash ): void {
		$this->assertSame( $normalised, PostalAddress::normalise( $address ), $why );
		$this->assertSame( $hash, self::keys()->address_hash( $address ), $why );
	}

	public function test_another_merchant_has_other_hashes(): void {
		$other = new BuyerKeys( base64_encode( str_repeat( 'k', 32 ) ) );
		$this->assertNotSame( self::keys()->email_hash( 'ann@example.test' ), $other->email_hash( 'ann@example.test' ) );
	}

	public function test_a_long_text_is_answered(): void {
		$this->assertNull( EmailAddress::normalise( 'ann@' . str_repeat( ' ', 1000000 ) . 'x' ) );
	}

	public function test_text_that_is_no_utf8_names_nobody(): void {
		$this->assertNull( self::keys()->email_hash( "ann\xC3@example.test" ) );
	}

	public function unusable_keys(): array {
		return array(
			'empty'      => array( '' ),
			'not base64' => array( 'this is no key, this is a sentence!' ),
			'too short'  => array( base64_encode( 'sixteen bytes ok' ) ),
		);
	}

	/** @dataProvider unusable_keys */
	public function test_refuses_an_unusable_key( string $key ): void {
		$this->expectExceptionMessage( 'at least 32 bytes in base64' );
		new BuyerKeys( $key );
	}
}
