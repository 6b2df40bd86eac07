<?php

use Refledger\Outbox;
use Refledger\OutboxRow;

/** An outbox without a database: the same answers, held to Outbox by its type. */
final class MemoryOutbox extends Outbox {

	/** @var array<int, array<string, mixed>> */
	public $rows = array();

	public function note( int $order_id, int $now, string $subject = OutboxRow::ORDER ): bool {
		foreach ( $this->rows as $id => $row ) {
			if ( "$subject:$order_id" === $row['dedupe_key'] ) {
				$this->rows[ $id ]['next_at'] = max( $row['next_at'], $now + self::SETTLE );
				return true;
			}
		}
		$id                = count( $this->rows ) + 1;
		$this->rows[ $id ] = array(
			'id'           => $id,
			'event_id'     => "event-$id",
			'dedupe_key'   => "$subject:$order_id",
			'subject'      => $subject,
			'order_id'     => $order_id,
			'type'         => '',
			'payload'      => null,
			'fingerprint'  => '',
			'attempts'     => 0,
			'next_at'      => $now + self::SETTLE,
			'locked_until' => 0,
			'status'       => 'pending',
			'last_http'    => 0,
			'last_error'   => '',
			'created_at'   => $now,
			'sent_at'      => 0,
		);
		return true;
	}

	public function claim( int $now ): array {
		$claimed = array();
		foreach ( $this->rows as $id => $row ) {
			if ( 'pending' === $row['status'] && $row['next_at'] <= $now && $row['locked_until'] <= $now && count( $claimed ) < self::BATCH ) {
				$this->rows[ $id ]['locked_until'] = $now + self::LEASE;
				$this->rows[ $id ]['dedupe_key']   = "{$row['subject']}:{$row['order_id']}:$id";
				$claimed[]                         = OutboxRow::read( (object) $this->rows[ $id ] );
			}
		}
		return $claimed;
	}

	public function previous( OutboxRow $row ): ?OutboxRow {
		$found = null;
		foreach ( $this->rows as $id => $other ) {
			if ( $other['subject'] === $row->subject && $other['order_id'] === $row->order_id && $id < $row->id && '' !== $other['fingerprint'] ) {
				$found = $other;
			}
		}
		return null === $found || 'dead' === $found['status'] ? null : OutboxRow::read( (object) $found );
	}

	public function keep( OutboxRow $row, string $type, string $payload, string $fingerprint ): void {
		$this->rows[ $row->id ] = compact( 'type', 'payload', 'fingerprint' ) + $this->rows[ $row->id ];
	}

	public function drop( OutboxRow $row ): void {
		$this->rows[ $row->id ]['status']     = 'dropped';
		$this->rows[ $row->id ]['dedupe_key'] = '';
	}

	public function mark_sent( OutboxRow $row, int $http, int $now ): void {
		$this->rows[ $row->id ] = array( 'status' => 'sent', 'payload' => null, 'sent_at' => $now ) + $this->rows[ $row->id ];
	}

	public function mark_failed( OutboxRow $row, ?int $next_at, int $http, string $error ): void {
		$this->rows[ $row->id ] = array(
			'status'       => null === $next_at ? 'dead' : 'pending',
			'attempts'     => $row->attempts + 1,
			'next_at'      => $next_at ?? 0,
			'locked_until' => 0,
			'last_http'    => $http,
			'last_error'   => $error,
		) + $this->rows[ $row->id ];
	}

	public function release( OutboxRow $row ): void {
		$this->rows[ $row->id ]['locked_until'] = 0;
	}

	public function count(): array {
		$statuses = array_count_values( array_column( $this->rows, 'status' ) );
		return array(
			'pending' => $statuses['pending'] ?? 0,
			'dead'    => $statuses['dead'] ?? 0,
			'oldest'  => 0,
		);
	}

	public function purge( int $before ): void {
	}

	/** Statuses by row id. */
	public function statuses(): array {
		return array_column( $this->rows, 'status', 'id' );
	}
}
