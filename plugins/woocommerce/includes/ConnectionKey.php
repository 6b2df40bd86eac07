<?php
/**
 * The key that connects a shop.
 *
 * @package Refledger
 */

namespace Refledger;

use InvalidArgumentException;

defined( 'ABSPATH' ) || exit;

/**
 * One text to copy and paste: `rflk1.`, base64url of a JSON object, a point, and eight hexadecimal digits of its
 * SHA-256, by which half a key or a wrong letter is noticed before anything is sent.
 */
final class ConnectionKey {

	const PREFIX = 'rflk1';

	const NEEDED = array( 'server', 'storeId', 'storeKey', 'eventSecret' );

	/**
	 * What a pasted key holds.
	 *
	 * @param string $pasted   The key; white space around and inside it is of no account.
	 * @param bool   $loopback Whether a server without https is taken: on the developer's own machine.
	 * @return array{server: string, store_id: string, store_key: string, secret: string, buyer_key: string}
	 *               The buyer key is empty where the server gave none: then no hash of a buyer is made.
	 * @throws InvalidArgumentException With what to do, when it cannot be used. The message does not repeat it.
	 */
	public static function parse( string $pasted, bool $loopback = false ): array {
		$parts = explode( '.', (string) preg_replace( '/\s+/', '', $pasted ) );
		if ( 3 !== count( $parts ) || self::PREFIX !== $parts[0] ) {
			throw new InvalidArgumentException( 'This is not a connection key: it starts with "rflk1.". Copy it again from the page of the shop in Refledger.' );
		}
		if ( ! hash_equals( self::check( $parts[1] ), $parts[2] ) ) {
			throw new InvalidArgumentException( 'A part of the connection key is missing or changed. Copy all of it again from the page of the shop in Refledger.' );
		}
		return self::read( self::decode( $parts[1] ), $loopback );
	}

	/**
	 * Makes a key.
	 *
	 * @param array<string, string> $members server, storeId, storeKey, eventSecret and, if there is one, buyerKey.
	 */
	public static function encode( array $members ): string {
		$json = (string) json_encode( $members, JSON_UNESCAPED_SLASHES ); // phpcs:ignore WordPress.WP.AlternativeFunctions.json_encode_json_encode -- also run without WordPress.
		// phpcs:ignore WordPress.PHP.DiscouragedPHPFunctions.obfuscation_base64_encode -- the key's encoding.
		$body = rtrim( strtr( base64_encode( $json ), '+/', '-_' ), '=' );
		return self::PREFIX . '.' . $body . '.' . self::check( $body );
	}

	/**
	 * The digits by which a mistake is noticed; they protect from nothing else.
	 *
	 * @param string $body The key's middle part.
	 */
	private static function check( string $body ): string {
		return substr( hash( 'sha256', $body ), 0, 8 );
	}

	/**
	 * The members of the JSON object.
	 *
	 * @param string $body The key's middle part.
	 * @return array<mixed>
	 */
	private static function decode( string $body ): array {
		// phpcs:ignore WordPress.PHP.DiscouragedPHPFunctions.obfuscation_base64_decode -- the key's encoding.
		$members = json_decode( (string) base64_decode( strtr( $body, '-_', '+/' ), false ), true );
		return is_array( $members ) ? $members : array();
	}

	/**
	 * Checks the members.
	 *
	 * @param array<mixed> $members  What the key says.
	 * @param bool         $loopback Whether a server without https is taken.
	 * @return array{server: string, store_id: string, store_key: string, secret: string, buyer_key: string}
	 * @throws InvalidArgumentException When one is missing or cannot be used.
	 */
	private static function read( array $members, bool $loopback ): array {
		foreach ( self::NEEDED as $name ) {
			if ( ! is_string( $members[ $name ] ?? null ) || '' === $members[ $name ] ) {
				throw new InvalidArgumentException( 'This connection key was made by another version of Refledger: update the plugin, then copy the key again.' );
			}
		}
		$buyer_key = $members['buyerKey'] ?? '';
		$read      = array(
			'server'    => self::origin( $members['server'], $loopback ),
			'store_id'  => $members['storeId'],
			'store_key' => $members['storeKey'],
			'secret'    => $members['eventSecret'],
			'buyer_key' => is_string( $buyer_key ) ? $buyer_key : '',
		);
		// Both refuse what they cannot use, with what to do.
		new Signer( $read['secret'] );
		if ( '' !== $read['buyer_key'] ) {
			new BuyerKeys( $read['buyer_key'] );
		}
		return $read;
	}

	/**
	 * The server's address without a slash at its end.
	 *
	 * @param string $address  The address.
	 * @param bool   $loopback Whether one without https is taken.
	 * @throws InvalidArgumentException When nothing may be sent there.
	 */
	private static function origin( string $address, bool $loopback ): string {
		$scheme = $loopback ? 'https?' : 'https';
		if ( 1 !== preg_match( "~^$scheme://[A-Za-z0-9.:\[\]-]+(/[A-Za-z0-9._\~/-]*)?$~D", $address ) ) {
			throw new InvalidArgumentException( 'The connection key names a server that is not reached by https. Copy the key from a Refledger that runs under https.' );
		}
		return rtrim( $address, '/' );
	}
}
