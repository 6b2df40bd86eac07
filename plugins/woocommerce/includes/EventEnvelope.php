<?php
/**
 * What every event has.
 *
 * @package Refledger
 */

namespace Refledger;

defined( 'ABSPATH' ) || exit;

/**
 * The members by which the server knows an event, and puts it in order.
 */
final class EventEnvelope {

	/**
	 * Makes them.
	 *
	 * @param string               $type     The event's type.
	 * @param array<string, mixed> $envelope Event id, sequence and when the change was noticed, in Unix seconds.
	 * @phpstan-param array{event_id: string, sequence: int, occurred_at: int} $envelope
	 * @return array<string, mixed>
	 */
	public static function of( string $type, array $envelope ): array {
		return array(
			'eventId'    => $envelope['event_id'],
			'type'       => $type,
			'sequence'   => $envelope['sequence'],
			'occurredAt' => EventTime::of_seconds( $envelope['occurred_at'] ),
		);
	}

	/**
	 * The event that a buyer asked to be forgotten: by the account's number and the keyed hash, as orders told them.
	 *
	 * @param string      $event_id   UUID of the event.
	 * @param int         $now        Unix time in seconds.
	 * @param int         $account    Number of the account; 0 for a guest.
	 * @param string|null $email_hash Keyed hash of the address, where there is a key.
	 * @return array<string, mixed>|null Null where the server knows nobody by either.
	 */
	public static function customer_erased( string $event_id, int $now, int $account, ?string $email_hash ): ?array {
		$customer = array_filter(
			array(
				'id'        => 0 === $account ? null : (string) $account,
				'emailHash' => $email_hash,
			)
		);
		return array() === $customer ? null : array(
			'eventId'    => $event_id,
			'type'       => 'customer.erased',
			'occurredAt' => EventTime::of_seconds( $now ),
			'customer'   => $customer,
		);
	}
}
