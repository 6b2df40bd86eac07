<?php
/**
 * The buyer of an order.
 *
 * @package Refledger
 */

namespace Refledger;

defined( 'ABSPATH' ) || exit;

/**
 * What is told of a buyer: keyed hashes, and nothing by which anybody is named.
 */
final class BuyerFacts {

	/** What WooCommerce's own eraser writes: one address for everybody is nobody's. */
	const ERASED_EMAIL = 'deleted@site.invalid';

	/**
	 * Hashes buyers; null where the server gave no key, and then nothing of the buyer but the account's id is told.
	 *
	 * @var BuyerKeys|null
	 */
	private $keys;

	/**
	 * Takes what hashes buyers.
	 *
	 * @param BuyerKeys|null $keys Hashes buyers.
	 */
	public function __construct( ?BuyerKeys $keys ) {
		$this->keys = $keys;
	}

	/**
	 * The buyer as keyed hashes (S8, S9). Once a shop has erased somebody's data, nothing is told of them.
	 *
	 * @param array<string, mixed> $order The order.
	 * @return array<string, mixed>|null
	 */
	public function read( array $order ): ?array {
		$email = (string) ( $order['billing']['email'] ?? '' );
		if ( self::ERASED_EMAIL === $email || ( $order['erased'] ?? false ) ) {
			return null;
		}
		$billing  = $this->address_hash( $order['billing'] ?? array() );
		$customer = array(
			'id'               => 0 === (int) $order['customer_id'] ? null : (string) $order['customer_id'],
			'emailHash'        => null === $this->keys ? null : $this->keys->email_hash( $email ),
			'addressHash'      => $billing ?? $this->address_hash( $order['shipping'] ?? array() ),
			'paidOrdersBefore' => $order['paid_orders_before'] ?? null,
		);
		$known    = array_filter(
			$customer,
			static function ( $value ): bool {
				return null !== $value;
			}
		);
		return array() === $known ? null : $known;
	}

	/**
	 * The keyed hash of an address of the order; null when it names no home or there is no key.
	 *
	 * @param array<string, string> $address Billing or shipping.
	 */
	private function address_hash( array $address ): ?string {
		if ( null === $this->keys ) {
			return null;
		}
		return $this->keys->address_hash(
			array(
				'country'  => (string) ( $address['country'] ?? '' ),
				'postcode' => (string) ( $address['postcode'] ?? '' ),
				'city'     => (string) ( $address['city'] ?? '' ),
				'line1'    => (string) ( $address['address_1'] ?? '' ),
				'line2'    => (string) ( $address['address_2'] ?? '' ),
			)
		);
	}
}
