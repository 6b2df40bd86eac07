<?php
/**
 * Decimals of currencies.
 *
 * @package Refledger
 */

namespace Refledger;

defined( 'ABSPATH' ) || exit;

/**
 * Digits after the point per ISO 4217 currency, the same table as the server's (server/shared/currencies.ts). The
 * shop's own setting is not asked: it may change, and an order keeps its currency.
 */
final class CurrencyDecimals {

	const NONE = array( 'BIF', 'CLP', 'DJF', 'GNF', 'ISK', 'JPY', 'KMF', 'KRW', 'PYG', 'RWF', 'UGX', 'UYI', 'VND', 'VUV', 'XAF', 'XOF', 'XPF', 'XXX' );

	const THREE = array( 'BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND' );

	const FOUR = array( 'CLF', 'UYW' );

	/**
	 * The number of digits after the point: JPY 0, EUR 2, KWD 3.
	 *
	 * @param string $currency ISO 4217 code.
	 */
	public static function of( string $currency ): int {
		if ( in_array( $currency, self::NONE, true ) ) {
			return 0;
		}
		if ( in_array( $currency, self::THREE, true ) ) {
			return 3;
		}
		return in_array( $currency, self::FOUR, true ) ? 4 : 2;
	}
}
