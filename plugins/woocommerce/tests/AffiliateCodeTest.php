<?php

use PHPUnit\Framework\TestCase;
use Refledger\AffiliateCode;

final class AffiliateCodeTest extends TestCase {

	public function valid_codes(): array {
		return array_map( fn( string $code ) => array( $code ), refledger_vectors( 'codes' )['valid'] );
	}

	/** @dataProvider valid_codes */
	public function test_takes_a_valid_code( string $code ): void {
		$this->assertTrue( AffiliateCode::is_valid( $code ) );
	}

	public function invalid_codes(): array {
		return array_map( fn( string $code ) => array( $code ), refledger_vectors( 'codes' )['invalid'] );
	}

	/** @dataProvider invalid_codes */
	public function test_drops_an_invalid_code( string $code ): void {
		$this->assertFalse( AffiliateCode::is_valid( $code ) );
	}

	public function foldings(): array {
		return array_column( refledger_vectors( 'codes' )['fold'], null, 'why' );
	}

	/** @dataProvider foldings */
	public function test_compares_coupon_codes_as_the_server_does( string $why, string $raw, string $folded ): void {
		$this->assertSame( $folded, AffiliateCode::fold( $raw ), $why );
	}

	public function test_answers_what_is_no_utf8(): void {
		$this->assertFalse( AffiliateCode::is_valid( "anna\xC3" ) );
		$this->assertIsString( AffiliateCode::fold( "anna\xC3" ) );
	}
}
