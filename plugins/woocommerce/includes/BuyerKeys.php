<?php
/**
 * What the shop tells about a buyer.
 *
 * @package Refledger
 */

namespace Refledger;

use InvalidArgumentException;

defined( 'ABSPATH' ) || exit;

/**
 * Keyed hashes in place of a buyer's e-mail and postal address: HMAC-SHA-256 in hex under the merchant's
 * key. They serve to recognise a returning buyer and a self-referral; the data itself never leaves the shop.
 */
final class BuyerKeys {

	const LEAST_BYTES = 32;

	/**
	 * The merchant's key as raw bytes.
	 *
	 * @var string
	 */
	private $key;

	/**
	 * Takes the key that the server handed over at pairing.
	 *
	 * @param string $key The key in base64, at least 32 bytes.
	 * @throws InvalidArgumentException When it is not. The message does not repeat it.
	 */
	public function __construct( string $key ) {
		// phpcs:ignore WordPress.PHP.DiscouragedPHPFunctions.obfuscation_base64_decode -- the key's encoding.
		$bytes = base64_decode( $key, true );
		if ( false === $bytes || strlen( $bytes ) < self::LEAST_BYTES ) {
			throw new InvalidArgumentException(
				'The buyer key is at least 32 bytes in base64: connect the shop to Refledger again to get one.'
			);
		}
		$this->key = $bytes;
	}

	/**
	 * The hash of an e-mail address, equal for all spellings of one mailbox; null when it is no address.
	 *
	 * @param string $email The address as the buyer typed it.
	 */
	public function email_hash( string $email ): ?string {
		return $this->hash( EmailAddress::normalise( $email ) );
	}

	/**
	 * The hash of a postal address, equal for all spellings of one home; null when it names none.
	 *
	 * @param array<string, string> $address Its parts; the country as a two-letter code.
	 * @phpstan-param array{country: string, postcode: string, city: string, line1: string, line2?: string} $address
	 */
	public function address_hash( array $address ): ?string {
		return $this->hash( PostalAddress::normalise( $address ) );
	}

	/**
	 * The keyed hash of what was normalised.
	 *
	 * @param string|null $normalised Null where there is nothing to recognise.
	 */
	private function hash( ?string $normalised ): ?string {
		return null === $normalised ? null : hash_hmac( 'sha256', $normalised, $this->key );
	}
}
