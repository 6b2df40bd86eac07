<?php
/**
 * Amounts of an order's items.
 *
 * @package Refledger
 */

namespace Refledger;

defined( 'ABSPATH' ) || exit;

/**
 * Sums of amounts as decimal strings.
 */
final class Amounts {

	/**
	 * The sum of one member of some items, each rounded by itself, as the shop's REST tells them.
	 *
	 * @param array<int, array<string, mixed>> $items  The items.
	 * @param string                           $member Name of the amount.
	 * @param int                              $digits Decimals of the currency.
	 */
	public static function sum( array $items, string $member, int $digits ): string {
		$amounts = array();
		foreach ( $items as $item ) {
			$amounts[] = Decimal::round( (string) $item[ $member ], $digits );
		}
		return Decimal::sum( $amounts, $digits );
	}

	/**
	 * The amount, or zero when it is below.
	 *
	 * @param string $amount The amount.
	 * @param int    $digits Decimals of the currency.
	 */
	public static function not_below_zero( string $amount, int $digits ): string {
		return Decimal::is_negative( $amount ) ? Decimal::round( '0', $digits ) : $amount;
	}
}
