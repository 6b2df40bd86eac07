<?php
/**
 * E-mail addresses.
 *
 * @package Refledger
 */

namespace Refledger;

defined( 'ABSPATH' ) || exit;

/**
 * Two spellings of one mailbox become equal; the server does alike (server/shared/normalise-email.ts).
 */
final class EmailAddress {

	const SAME_PROVIDER = array( 'googlemail.com' => 'gmail.com' );

	const IGNORES_DOTS = array( 'gmail.com' );

	const IGNORES_PLUS_TAGS = array(
		'gmail.com',
		'outlook.com',
		'hotmail.com',
		'live.com',
		'icloud.com',
		'fastmail.com',
		'protonmail.com',
		'proton.me',
	);

	/**
	 * The address folded, without the dots and plus-tags that its provider ignores; null when it is none.
	 *
	 * @param string $raw The address as the buyer typed it.
	 */
	public static function normalise( string $raw ): ?string {
		$folded = FoldedText::fold( $raw );
		if ( 1 !== preg_match( '/\A([^\p{Z}\p{Cc}@]+)@([^\p{Z}\p{Cc}@]+)\z/u', $folded, $parts ) ) {
			return null;
		}
		$domain  = self::SAME_PROVIDER[ $parts[2] ] ?? $parts[2];
		$mailbox = self::name_mailbox( $parts[1], $domain );
		return '' === $mailbox ? null : $mailbox . '@' . $domain;
	}

	/**
	 * What the provider takes for the mailbox's name.
	 *
	 * @param string $local  The part before the at sign.
	 * @param string $domain The provider's domain.
	 */
	private static function name_mailbox( string $local, string $domain ): string {
		$untagged = in_array( $domain, self::IGNORES_PLUS_TAGS, true ) ? explode( '+', $local )[0] : $local;
		return in_array( $domain, self::IGNORES_DOTS, true ) ? str_replace( '.', '', $untagged ) : $untagged;
	}
}
