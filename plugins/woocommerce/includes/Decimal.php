<?php
/**
 * Decimal amounts.
 *
 * @package Refledger
 */

namespace Refledger;

use InvalidArgumentException;

defined( 'ABSPATH' ) || exit;

/**
 * Amounts as the shop's decimal strings, rounded half away from zero in whole digits: no float is ever involved,
 * because floats are how commissions lose cents.
 */
final class Decimal {

	/**
	 * A decimal string with exactly so many digits after the point, e.g. `16.7466` with two is `16.75`.
	 *
	 * @param string $raw    The amount as the shop stores it; the empty string is zero, as WooCommerce means it.
	 * @param int    $digits Digits after the point.
	 * @throws InvalidArgumentException When it is no decimal number.
	 */
	public static function round( string $raw, int $digits ): string {
		$matched = preg_match( '/^([+-]?)(\d*)(?:\.(\d*))?$/D', self::plain( $raw ), $parts );
		if ( 1 !== $matched ) {
			throw new InvalidArgumentException( 'An amount of the order is not a decimal number.' );
		}
		$fraction = str_pad( $parts[3] ?? '', $digits + 1, '0' );
		$kept     = $parts[2] . substr( $fraction, 0, $digits );
		if ( $fraction[ $digits ] >= '5' ) {
			$kept = self::increment( $kept );
		}
		return self::compose( '-' === $parts[1], $kept, $digits );
	}

	/**
	 * The sum of amounts that all have the same number of digits after the point.
	 *
	 * @param string[] $amounts Results of `round`.
	 * @param int      $digits  Their digits after the point.
	 */
	public static function sum( array $amounts, int $digits ): string {
		$total = 0;
		foreach ( $amounts as $amount ) {
			$total += (int) str_replace( '.', '', $amount );
		}
		return self::compose( $total < 0, (string) abs( $total ), $digits );
	}

	/**
	 * The amount with the other sign. WooCommerce writes what it gives back below zero.
	 *
	 * @param string $amount A result of `round`.
	 */
	public static function negate( string $amount ): string {
		if ( '-' === $amount[0] ) {
			return substr( $amount, 1 );
		}
		return '' === trim( $amount, '0.' ) ? $amount : '-' . $amount;
	}

	/**
	 * Whether an amount is below zero.
	 *
	 * @param string $amount A result of `round`.
	 */
	public static function is_negative( string $amount ): bool {
		return '-' === $amount[0];
	}

	/**
	 * Without the exponent that PHP writes for very small floats: some plugins store what they calculated.
	 *
	 * @param string $raw The amount.
	 */
	private static function plain( string $raw ): string {
		$text = trim( $raw );
		return is_numeric( $text ) && false !== stripos( $text, 'e' ) ? sprintf( '%.12F', (float) $text ) : $text;
	}

	/**
	 * A row of digits, plus one.
	 *
	 * @param string $digits The digits, possibly none.
	 */
	private static function increment( string $digits ): string {
		$position = strlen( $digits ) - 1;
		while ( $position >= 0 && '9' === $digits[ $position ] ) {
			$digits[ $position ] = '0';
			--$position;
		}
		if ( $position < 0 ) {
			return '1' . $digits;
		}
		$digits[ $position ] = (string) ( (int) $digits[ $position ] + 1 );
		return $digits;
	}

	/**
	 * Puts sign and point to a row of digits; zero has no sign.
	 *
	 * @param bool   $negative Whether the amount is below zero.
	 * @param string $digits   All digits, those after the point included.
	 * @param int    $decimals How many come after the point.
	 */
	private static function compose( bool $negative, string $digits, int $decimals ): string {
		$padded = str_pad( ltrim( $digits, '0' ), $decimals + 1, '0', STR_PAD_LEFT );
		$split  = strlen( $padded ) - $decimals;
		$text   = substr( $padded, 0, $split ) . ( $decimals > 0 ? '.' . substr( $padded, $split ) : '' );
		return $negative && '' !== trim( $padded, '0' ) ? '-' . $text : $text;
	}
}
