<?php
/**
 * Postal addresses.
 *
 * @package Refledger
 */

namespace Refledger;

defined( 'ABSPATH' ) || exit;

/**
 * Two spellings of one home become equal; the server does alike (server/shared/normalise-address.ts).
 */
final class PostalAddress {

	/**
	 * The address folded, without punctuation and without the split between its two lines, fields joined by
	 * newlines. Null when it names no home: the country, the first line and one of postcode and city are needed.
	 *
	 * @param array<string, string> $address Its parts; the country as a two-letter code.
	 * @phpstan-param array{country: string, postcode: string, city: string, line1: string, line2?: string} $address
	 */
	public static function normalise( array $address ): ?string {
		$country  = self::fold_words( $address['country'], '' );
		$postcode = self::fold_words( $address['postcode'], '' );
		$city     = self::fold_words( $address['city'], ' ' );
		$line1    = self::fold_words( $address['line1'], ' ' );
		if ( '' === $country || '' === $line1 || '' === $postcode . $city ) {
			return null;
		}
		$street = self::fold_words( $address['line1'] . ' ' . ( $address['line2'] ?? '' ), ' ' );
		return implode( "\n", array( $country, $postcode, $city, $street ) );
	}

	/**
	 * The words of a text, folded.
	 *
	 * @param string $text The text.
	 * @param string $gap  What stands between two words.
	 */
	private static function fold_words( string $text, string $gap ): string {
		$words = preg_replace( '/[^\p{L}\p{M}\p{N}]+/u', ' ', FoldedText::fold( $text ) );
		return str_replace( ' ', $gap, trim( (string) $words ) );
	}
}
