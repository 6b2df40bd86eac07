<?php
/**
 * A row of the outbox.
 *
 * @package Refledger
 */

namespace Refledger;

defined( 'ABSPATH' ) || exit;

/**
 * One event that waits, was sent, or was given up.
 */
final class OutboxRow {

	/** What a row may tell of. */
	const ORDER    = 'order';
	const COUPON   = 'coupon';
	const CUSTOMER = 'customer';

	/**
	 * The event's sequence as well: it grows with every event of an order.
	 *
	 * @var int
	 */
	public $id;

	/**
	 * UUID by which the server knows the event.
	 *
	 * @var string
	 */
	public $event_id;

	/**
	 * What it tells of: an order, an affiliate's coupon, or a customer who asked to be forgotten.
	 *
	 * @var string
	 */
	public $subject;

	/**
	 * The order that it tells of, or the coupon; 0 for a customer.
	 *
	 * @var int
	 */
	public $order_id;

	/**
	 * Type of its event; empty before it was first claimed.
	 *
	 * @var string
	 */
	public $type;

	/**
	 * The event as JSON; empty before it was first claimed and after it was sent.
	 *
	 * @var string
	 */
	public $payload;

	/**
	 * What it told, to be compared.
	 *
	 * @var string
	 */
	public $fingerprint;

	/**
	 * How often it has failed.
	 *
	 * @var int
	 */
	public $attempts;

	/**
	 * Is pending, sent or dead.
	 *
	 * @var string
	 */
	public $status;

	/**
	 * Why it last failed.
	 *
	 * @var string
	 */
	public $last_error;

	/**
	 * When the change was noted, Unix seconds.
	 *
	 * @var int
	 */
	public $created_at;

	/**
	 * When it was sent, Unix seconds; 0 when it was not.
	 *
	 * @var int
	 */
	public $sent_at;

	/**
	 * Reads a row as the database gives it, where numbers are text.
	 *
	 * @param object $columns The row.
	 */
	public static function read( object $columns ): self {
		$values           = (array) $columns;
		$row              = new self();
		$row->id          = (int) $values['id'];
		$row->event_id    = (string) $values['event_id'];
		$row->subject     = (string) ( $values['subject'] ?? self::ORDER );
		$row->order_id    = (int) $values['order_id'];
		$row->type        = (string) $values['type'];
		$row->payload     = (string) ( $values['payload'] ?? '' );
		$row->fingerprint = (string) $values['fingerprint'];
		$row->attempts    = (int) $values['attempts'];
		$row->status      = (string) $values['status'];
		$row->last_error  = (string) $values['last_error'];
		$row->created_at  = (int) $values['created_at'];
		$row->sent_at     = (int) $values['sent_at'];
		return $row;
	}

	/**
	 * What every event of the row carries.
	 *
	 * @return array{event_id: string, sequence: int, occurred_at: int}
	 */
	public function envelope(): array {
		return array(
			'event_id'    => $this->event_id,
			'sequence'    => $this->id,
			'occurred_at' => $this->created_at,
		);
	}
}
