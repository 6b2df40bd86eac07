<?php
/**
 * The outbox.
 *
 * @package Refledger
 */

namespace Refledger;

defined( 'ABSPATH' ) || exit;

// phpcs:disable WordPress.DB.DirectDatabaseQuery, WordPress.DB.PreparedSQL.InterpolatedNotPrepared -- a table of our own, which no cache may answer for; its name is made of the site's prefix.

/**
 * What the server is still to be told. The request that changes an order writes one small row: "this order has
 * something to tell". What it tells is read when it is sent, outside of any checkout.
 *
 * A row is open until it is claimed: changes of its order meanwhile are one event. Claiming closes it in the same
 * statement, before the order is read, so that a change after that makes a new row and none is lost. From then on
 * its payload stays what it is, however often it is sent.
 */
class Outbox {

	/**
	 * An open row is left alone for so many seconds: the request that wrote it may change the order again, and need
	 * not write a second time.
	 */
	const SETTLE = 10;

	/** For so many seconds a claimed row is its claimer's; after that the claimer is taken for dead. */
	const LEASE = 300;

	/** A batch of the server is at most so long. */
	const BATCH = 50;

	/**
	 * Notes that an order, or a coupon, has something to tell. One statement, whether or not that was noted already.
	 *
	 * @param int    $order_id The order, or the coupon.
	 * @param int    $now      Unix time in seconds.
	 * @param string $subject  Which of the two.
	 * @return bool False when the database refused.
	 */
	public function note( int $order_id, int $now, string $subject = OutboxRow::ORDER ): bool {
		global $wpdb;
		$table = OutboxTable::name();
		return false !== $wpdb->query(
			$wpdb->prepare(
				"INSERT INTO {$table} (event_id, dedupe_key, subject, order_id, next_at, created_at) VALUES (%s, %s, %s, %d, %d, %d)
				ON DUPLICATE KEY UPDATE next_at = GREATEST(next_at, VALUES(next_at))",
				wp_generate_uuid4(),
				$subject . ':' . $order_id,
				$subject,
				$order_id,
				$now + self::SETTLE,
				$now
			)
		);
	}

	/**
	 * Puts an event in line that cannot be read later: what it tells of is about to be erased.
	 *
	 * @param array<string, mixed> $event The event.
	 * @param int                  $now   Unix time in seconds.
	 * @return bool False when the database refused.
	 */
	public function put( array $event, int $now ): bool {
		global $wpdb;
		$row = array(
			'event_id'   => $event['eventId'],
			'dedupe_key' => OutboxRow::CUSTOMER . ':' . $event['eventId'],
			'subject'    => OutboxRow::CUSTOMER,
			'order_id'   => 0,
			'type'       => $event['type'],
			'payload'    => (string) wp_json_encode( $event ),
			'next_at'    => $now,
			'created_at' => $now,
		);
		return false !== $wpdb->insert( OutboxTable::name(), $row );
	}

	/**
	 * Takes rows that are due, oldest first, and closes them. Two claimers never get the same row.
	 *
	 * @param int $now Unix time in seconds.
	 * @return OutboxRow[]
	 */
	public function claim( int $now ): array {
		global $wpdb;
		$table = OutboxTable::name();
		$token = wp_generate_uuid4();
		$found = $wpdb->query(
			$wpdb->prepare(
				"UPDATE {$table} SET lock_token = %s, locked_until = %d, dedupe_key = CONCAT(subject, ':', order_id, ':', id)
				WHERE status = 'pending' AND next_at <= %d AND locked_until <= %d ORDER BY id LIMIT %d",
				$token,
				$now + self::LEASE,
				$now,
				$now,
				self::BATCH
			)
		);
		if ( ! $found ) {
			return array();
		}
		$rows = $wpdb->get_results( $wpdb->prepare( "SELECT * FROM {$table} WHERE lock_token = %s AND status = 'pending' ORDER BY id", $token ) );
		return array_map( array( OutboxRow::class, 'read' ), (array) $rows );
	}

	/**
	 * What the order told before this row, or is telling; null when that is not known or was given up.
	 *
	 * @param OutboxRow $row A claimed row.
	 */
	public function previous( OutboxRow $row ): ?OutboxRow {
		global $wpdb;
		$table = OutboxTable::name();
		$found = $wpdb->get_row( $wpdb->prepare( "SELECT * FROM {$table} WHERE order_id = %d AND subject = %s AND id < %d AND fingerprint <> '' ORDER BY id DESC LIMIT 1", $row->order_id, $row->subject, $row->id ) );
		return null === $found || 'dead' === $found->status ? null : OutboxRow::read( $found );
	}

	/**
	 * Keeps what a claimed row tells.
	 *
	 * @param OutboxRow $row         The row.
	 * @param string    $type        Type of its event.
	 * @param string    $payload     The event as JSON.
	 * @param string    $fingerprint What later events of the order are compared with.
	 */
	public function keep( OutboxRow $row, string $type, string $payload, string $fingerprint ): void {
		$this->change( $row->id, compact( 'type', 'payload', 'fingerprint' ) );
	}

	/**
	 * Drops a row that has nothing to tell.
	 *
	 * @param OutboxRow $row A claimed row.
	 */
	public function drop( OutboxRow $row ): void {
		global $wpdb;
		$wpdb->delete( OutboxTable::name(), array( 'id' => $row->id ) );
	}

	/**
	 * The server has it. The payload is not kept here any longer.
	 *
	 * @param OutboxRow $row  A claimed row.
	 * @param int       $http What the server answered.
	 * @param int       $now  Unix time in seconds.
	 */
	public function mark_sent( OutboxRow $row, int $http, int $now ): void {
		$this->change(
			$row->id,
			array(
				'status'       => 'sent',
				'payload'      => null,
				'last_http'    => $http,
				'last_error'   => '',
				'locked_until' => 0,
				'sent_at'      => $now,
			)
		);
	}

	/**
	 * It is tried again later, or given up.
	 *
	 * @param OutboxRow $row     A claimed row.
	 * @param int|null  $next_at When, in Unix seconds; null when it is given up.
	 * @param int       $http    What the server answered; 0 when nothing.
	 * @param string    $error   Why, in words.
	 */
	public function mark_failed( OutboxRow $row, ?int $next_at, int $http, string $error ): void {
		$this->change(
			$row->id,
			array(
				'status'       => null === $next_at ? 'dead' : 'pending',
				'attempts'     => $row->attempts + 1,
				'next_at'      => $next_at ?? 0,
				'locked_until' => 0,
				'last_http'    => $http,
				'last_error'   => substr( $error, 0, 255 ),
			)
		);
	}

	/**
	 * Gives a claimed row back as it was: it was not its turn.
	 *
	 * @param OutboxRow $row A claimed row.
	 */
	public function release( OutboxRow $row ): void {
		$this->change( $row->id, array( 'locked_until' => 0 ) );
	}

	/**
	 * How many wait, how many were given up, and since when the oldest waits (Unix seconds; 0 when none does).
	 *
	 * @return array{pending: int, dead: int, oldest: int}
	 */
	public function count(): array {
		global $wpdb;
		$table  = OutboxTable::name();
		$counts = $wpdb->get_row( "SELECT SUM(status = 'pending') AS pending, SUM(status = 'dead') AS dead, MIN(IF(status = 'pending', created_at, NULL)) AS oldest FROM {$table} WHERE status IN ('pending', 'dead')" );
		return array(
			'pending' => (int) ( $counts->pending ?? 0 ),
			'dead'    => (int) ( $counts->dead ?? 0 ),
			'oldest'  => (int) ( $counts->oldest ?? 0 ),
		);
	}

	/**
	 * Makes everything due at once, also what was given up: a person has mended what was wrong.
	 *
	 * @param int $now Unix time in seconds.
	 * @return int How many rows.
	 */
	public function resend( int $now ): int {
		global $wpdb;
		$table = OutboxTable::name();
		return (int) $wpdb->query( $wpdb->prepare( "UPDATE {$table} SET status = 'pending', attempts = 0, next_at = LEAST(next_at, %d) WHERE status = 'dead' OR (status = 'pending' AND attempts > 0)", $now ) );
	}

	/**
	 * The last rows of one order, newest first.
	 *
	 * @param int $order_id The order.
	 * @return OutboxRow[]
	 */
	public function of_order( int $order_id ): array {
		global $wpdb;
		$table = OutboxTable::name();
		$rows  = $wpdb->get_results( $wpdb->prepare( "SELECT * FROM {$table} WHERE order_id = %d AND subject = 'order' ORDER BY id DESC LIMIT 5", $order_id ) );
		return array_map( array( OutboxRow::class, 'read' ), (array) $rows );
	}

	/**
	 * Why the last rows were given up.
	 *
	 * @return OutboxRow[]
	 */
	public function dead(): array {
		global $wpdb;
		$table = OutboxTable::name();
		$rows  = $wpdb->get_results( "SELECT * FROM {$table} WHERE status = 'dead' ORDER BY id DESC LIMIT 5" );
		return array_map( array( OutboxRow::class, 'read' ), (array) $rows );
	}

	/**
	 * Forgets what was sent long ago.
	 *
	 * @param int $before Unix time in seconds.
	 */
	public function purge( int $before ): void {
		global $wpdb;
		$table = OutboxTable::name();
		$wpdb->query( $wpdb->prepare( "DELETE FROM {$table} WHERE status = 'sent' AND sent_at < %d LIMIT 5000", $before ) );
	}

	/**
	 * Forgets what an order told: its payloads are made anew when they are sent.
	 *
	 * @param int $order_id The order.
	 */
	public function forget_payloads( int $order_id ): void {
		global $wpdb;
		$wpdb->update(
			OutboxTable::name(),
			array(
				'payload'     => null,
				'fingerprint' => '',
			),
			array(
				'order_id' => $order_id,
				'subject'  => OutboxRow::ORDER,
			)
		);
	}

	/**
	 * Changes one row.
	 *
	 * @param int                            $id      The row.
	 * @param array<string, string|int|null> $changes New values by column.
	 */
	private function change( int $id, array $changes ): void {
		global $wpdb;
		$wpdb->update( OutboxTable::name(), $changes, array( 'id' => $id ) );
	}
}
