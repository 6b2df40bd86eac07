<?php
/**
 * Text as equal texts are compared.
 *
 * @package Refledger
 */

namespace Refledger;

use Normalizer;

defined( 'ABSPATH' ) || exit;

/**
 * NFKC, trimmed, lower case without a locale; the server folds alike (server/shared/fold-code.ts).
 * Without intl there is no NFKC and without mbstring only A to Z become lower case: plain text folds the
 * same everywhere.
 */
final class FoldedText {

	/** What counts as white space at the ends: the same characters as in JavaScript's trim(). */
	const SPACE = '\x09-\x0D\p{Z}\x{FEFF}';

	/**
	 * Folds a text. The final sigma is written like any other, because versions of PHP disagree on it.
	 *
	 * @param string $raw UTF-8; text that is not comes back trimmed and otherwise as it is.
	 */
	public static function fold( string $raw ): string {
		if ( 1 !== preg_match( '//u', $raw ) ) {
			return trim( $raw );
		}
		$trimmed = self::trim( self::compose( $raw ) );
		return str_replace( 'ς', 'σ', self::lower( $trimmed ) );
	}

	/**
	 * One spelling for characters that mean the same (NFKC).
	 *
	 * @param string $text The text.
	 */
	private static function compose( string $text ): string {
		$composed = class_exists( Normalizer::class ) ? Normalizer::normalize( $text, Normalizer::FORM_KC ) : false;
		return false === $composed ? $text : $composed;
	}

	/**
	 * Without white space at the ends, in one pass: a pattern tied to the end alone is quadratic.
	 *
	 * @param string $text The text.
	 */
	private static function trim( string $text ): string {
		$space   = self::SPACE;
		$matched = preg_match( "/\A[$space]*(.*[^$space])?/us", $text, $parts );
		return 1 === $matched ? $parts[1] ?? '' : trim( $text );
	}

	/**
	 * In lower case, whatever locale PHP runs under.
	 *
	 * @param string $text The text.
	 */
	private static function lower( string $text ): string {
		return function_exists( 'mb_strtolower' )
			? mb_strtolower( $text, 'UTF-8' )
			: strtr( $text, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz' );
	}
}
