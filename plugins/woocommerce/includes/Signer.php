<?php
/**
 * Signs what the plugin sends to the Refledger server.
 *
 * @package Refledger
 */

namespace Refledger;

use InvalidArgumentException;

defined( 'ABSPATH' ) || exit;

/**
 * Standard Webhooks signatures: base64(HMAC-SHA-256(key, id.timestamp.body)), the key being the base64 part
 * of a `whsec_` secret. While a secret rotates, the message carries one signature per secret.
 */
final class Signer {

	const PREFIX = 'whsec_';

	/**
	 * The keys as raw bytes.
	 *
	 * @var string[]
	 */
	private $keys;

	/**
	 * Takes the secrets that the server may check against.
	 *
	 * @param string ...$secrets Secrets such as `whsec_MfKQ...`, the current one first.
	 * @throws InvalidArgumentException When there is none, or one is not `whsec_` and base64.
	 */
	public function __construct( string ...$secrets ) {
		if ( array() === $secrets ) {
			throw new InvalidArgumentException( 'A signer needs a secret: connect the shop to Refledger first.' );
		}
		$this->keys = array_map( array( self::class, 'key_of' ), $secrets );
	}

	/**
	 * The three headers of a signed message.
	 *
	 * @param string $id        The message's own id, the same on every retry.
	 * @param int    $timestamp Unix time in seconds at which it is sent.
	 * @param string $body      The body, byte for byte as it is sent.
	 * @return array<string, string>
	 */
	public function headers( string $id, int $timestamp, string $body ): array {
		$signed     = $id . '.' . $timestamp . '.' . $body;
		$signatures = array();
		foreach ( $this->keys as $key ) {
			// phpcs:ignore WordPress.PHP.DiscouragedPHPFunctions.obfuscation_base64_encode -- the standard's encoding.
			$signatures[] = 'v1,' . base64_encode( hash_hmac( 'sha256', $signed, $key, true ) );
		}
		return array(
			'webhook-id'        => $id,
			'webhook-timestamp' => (string) $timestamp,
			'webhook-signature' => implode( ' ', $signatures ),
		);
	}

	/**
	 * The key inside a secret.
	 *
	 * @param string $secret The secret.
	 * @throws InvalidArgumentException When it is not `whsec_` and base64. The message does not repeat it.
	 */
	private static function key_of( string $secret ): string {
		$encoded = substr( $secret, strlen( self::PREFIX ) );
		// phpcs:ignore WordPress.PHP.DiscouragedPHPFunctions.obfuscation_base64_decode -- the standard's encoding.
		$key = base64_decode( (string) $encoded, true );
		if ( 0 !== strpos( $secret, self::PREFIX ) || false === $key || '' === $key ) {
			throw new InvalidArgumentException(
				'A signing secret is "whsec_" followed by base64: copy it again from the store\'s page in Refledger.'
			);
		}
		return $key;
	}
}
