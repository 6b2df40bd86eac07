<?php
/**
 * What went wrong, in words.
 *
 * @package Refledger
 */

namespace Refledger;

defined( 'ABSPATH' ) || exit;

/**
 * Says what an answer means and what the store owner can do about it.
 */
final class Words {

	/**
	 * Why a batch was not taken.
	 *
	 * @param Answer $answer The server's answer.
	 */
	public static function failure( Answer $answer ): string {
		$words = self::explain( $answer->status );
		return '' === $answer->detail ? $words : $words . ' (' . $answer->detail . ')';
	}

	/**
	 * Why the server did not say who is credited for an order.
	 *
	 * @param int $status HTTP status; 0 when there was no answer.
	 */
	public static function no_answer( int $status ): string {
		if ( 0 === $status ) {
			return __( 'The Refledger server did not answer in time, so it is not known here who is credited. Load the page again in a minute.', 'refledger' );
		}
		if ( 404 === $status ) {
			return __( 'The Refledger server does not know this shop, or is too old to say who is credited.', 'refledger' );
		}
		if ( 429 === $status || $status >= 500 ) {
			return __( 'The Refledger server is busy. Load the page again in a minute to see who is credited.', 'refledger' );
		}
		return self::explain( $status );
	}

	/**
	 * What a status means here.
	 *
	 * @param int $status HTTP status; 0 when there was no answer.
	 */
	private static function explain( int $status ): string {
		if ( 0 === $status ) {
			return __( 'The Refledger server could not be reached. Orders wait here and are sent again.', 'refledger' );
		}
		if ( 401 === $status || 403 === $status ) {
			return __( 'The Refledger server does not accept this shop\'s signature. Check that the clock of this site is right, then paste a new connection key.', 'refledger' );
		}
		if ( 404 === $status ) {
			return __( 'The Refledger server does not know this shop. Paste a new connection key.', 'refledger' );
		}
		if ( 410 === $status ) {
			return __( 'This shop was disconnected in Refledger. Connect it again there and paste the new connection key; the orders wait here.', 'refledger' );
		}
		if ( 429 === $status || 503 === $status ) {
			return __( 'The Refledger server is busy. Orders wait here and are sent again.', 'refledger' );
		}
		if ( $status >= 300 && $status < 400 ) {
			return __( 'The address of the Refledger server leads on to another one, which is not followed. Paste a connection key with the server\'s own address.', 'refledger' );
		}
		if ( $status >= 500 ) {
			/* translators: %d: HTTP status code */
			return sprintf( __( 'The Refledger server has a problem of its own (status %d). Orders wait here and are sent again.', 'refledger' ), $status );
		}
		if ( $status < 300 ) {
			return __( 'Something answered that is not Refledger, for example a page of the host. Check the server\'s address.', 'refledger' );
		}
		/* translators: %d: HTTP status code */
		return sprintf( __( 'The Refledger server did not take what was sent (status %d).', 'refledger' ), $status );
	}
}
