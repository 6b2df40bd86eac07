<?php

use PHPUnit\Framework\TestCase;
use Refledger\Decimal;

/** S1: half away from zero, and no float on the way. */
final class DecimalTest extends TestCase {

	public function roundings(): array {
		return array(
			'16.7466 in EUR is 16.75'               => array( '16.746666666666666', 2, '16.75' ),
			'2.675 in EUR is 2.68, not 2.67'        => array( '2.675', 2, '2.68' ),
			'-2.675 in EUR is -2.68'                => array( '-2.675', 2, '-2.68' ),
			'1.005 in EUR is 1.01, not 1.00'        => array( '1.005', 2, '1.01' ),
			'9.999 in EUR is 10.00'                 => array( '9.999', 2, '10.00' ),
			'99.5 in JPY is 100'                    => array( '99.5', 0, '100' ),
			'599.7 in JPY is 600'                   => array( '599.7', 0, '600' ),
			'10.005 in KWD stays 10.005'            => array( '10.005', 3, '10.005' ),
			'18 in EUR is 18.00'                    => array( '18', 2, '18.00' ),
			'.5 in EUR is 0.50'                     => array( '.5', 2, '0.50' ),
			'-0.001 in EUR is 0.00 without a sign'  => array( '-0.001', 2, '0.00' ),
			'nothing is zero, as WooCommerce means' => array( '', 2, '0.00' ),
			'a float\'s exponent'                   => array( '1.0E-5', 2, '0.00' ),
			'007 in EUR is 7.00'                    => array( '007', 2, '7.00' ),
			'more digits than a float holds'        => array( '12345678901234567.895', 2, '12345678901234567.90' ),
		);
	}

	/** @dataProvider roundings */
	public function test_rounds( string $raw, int $digits, string $rounded ): void {
		$this->assertSame( $rounded, Decimal::round( $raw, $digits ) );
	}

	public function no_numbers(): array {
		return array( array( '12,50' ), array( 'abc' ), array( '1.2.3' ), array( "1\n2" ), array( '0x1A' ) );
	}

	/** @dataProvider no_numbers */
	public function test_refuses_what_is_no_decimal_number( string $raw ): void {
		$this->expectException( InvalidArgumentException::class );
		Decimal::round( $raw, 2 );
	}

	public function test_adds_up_and_changes_signs_without_a_negative_zero(): void {
		$this->assertSame( '0.30', Decimal::sum( array( '0.10', '0.20' ), 2 ) );
		$this->assertSame( '-0.05', Decimal::sum( array( '0.10', '-0.15' ), 2 ) );
		$this->assertSame( '0.000', Decimal::sum( array(), 3 ) );
		$this->assertSame( '18.00', Decimal::negate( '-18.00' ) );
		$this->assertSame( '-18.00', Decimal::negate( '18.00' ) );
		$this->assertSame( '0.00', Decimal::negate( '0.00' ) );
	}
}
