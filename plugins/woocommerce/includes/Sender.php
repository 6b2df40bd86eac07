<?php
/**
 * Sends the outbox.
 *
 * @package Refledger
 */

namespace Refledger;

use Throwable;

defined( 'ABSPATH' ) || exit;

/**
 * Claims what is due, sends it in batches, and does with each event what the server's answer asks for. May run twice at
 * once and may be killed anywhere: a row belongs to one claimer, and the server knows an event that comes again.
 */
final class Sender {

	/** No new batch is begun after so many seconds, so that other jobs of the site get their turn. */
	const LONGEST_RUN = 20;

	/** The server takes 1 MiB; half of a batch that is longer is sent by itself. */
	const LARGEST_BODY = 1000000;

	/** A shop that has nothing to tell says so this often, in seconds; one that is paused looks whether it may go on. */
	const KNOCK_EVERY = 3600;

	/** What was sent is remembered for so long, in seconds. */
	const REMEMBER = 2592000;

	/**
	 * What waits.
	 *
	 * @var Outbox
	 */
	private $outbox;

	/**
	 * Makes events.
	 *
	 * @var EventSource
	 */
	private $source;

	/**
	 * Speaks to the server.
	 *
	 * @var Courier
	 */
	private $courier;

	/**
	 * What it came to.
	 *
	 * @var Health
	 */
	private $health;

	/**
	 * Takes what it works with.
	 *
	 * @param Outbox      $outbox  What waits.
	 * @param EventSource $source  Makes events.
	 * @param Courier     $courier Speaks to the server.
	 * @param Health      $health  What it came to.
	 */
	public function __construct( Outbox $outbox, EventSource $source, Courier $courier, Health $health ) {
		$this->outbox  = $outbox;
		$this->source  = $source;
		$this->courier = $courier;
		$this->health  = $health;
	}

	/**
	 * Sends what is due. Called every minute.
	 *
	 * @param callable $clock Gives Unix time in seconds.
	 * @phpstan-param callable(): int $clock
	 */
	public function run( callable $clock ): void {
		$begun = $clock();
		$this->keep_in_touch( $begun );
		while ( ! $this->health->is_paused() && $clock() - $begun < self::LONGEST_RUN ) {
			$rows = $this->outbox->claim( $clock() );
			if ( array() === $rows || ! $this->send( $this->prepare( $rows, $clock() ), $clock ) ) {
				break;
			}
		}
		$this->outbox->purge( $begun - self::REMEMBER );
		$this->health->counted( $this->outbox->count() );
	}

	/**
	 * Tells the server that the shop is there; so a pause ends by itself when its reason is gone.
	 *
	 * @param int $now Unix time in seconds.
	 */
	private function keep_in_touch( int $now ): void {
		$health = $this->health->read();
		if ( $now - max( $health['knocked'], $health['paused'] ? 0 : $health['last_success'] ) < self::KNOCK_EVERY ) {
			return;
		}
		$this->health->knocked( $now );
		$this->learn( $this->courier->knock(), $now );
	}

	/**
	 * Remembers how an attempt went.
	 *
	 * @param Answer $answer The server's answer.
	 * @param int    $now    Unix time in seconds.
	 */
	public function learn( Answer $answer, int $now ): void {
		if ( Answer::RESULTS === $answer->verdict ) {
			$this->health->succeeded( $now );
		} else {
			$this->health->failed( $now, Words::failure( $answer ), Answer::PAUSE === $answer->verdict );
		}
	}

	/**
	 * The payloads of claimed rows, by row id. A row that cannot be read waits like one that cannot be sent, and keeps
	 * nobody else back; one that has nothing new to tell is dropped.
	 *
	 * @param OutboxRow[] $rows Claimed rows.
	 * @param int         $now  Unix time in seconds.
	 * @return OutboxRow[] Those that are to be sent, with their payload.
	 */
	private function prepare( array $rows, int $now ): array {
		$prepared = array();
		foreach ( $rows as $row ) {
			try {
				if ( '' !== $row->payload || $this->fill( $row ) ) {
					$prepared[] = $row;
				} else {
					$this->outbox->drop( $row );
				}
			} catch ( Throwable $error ) {
				Guard::log( $error );
				$this->postpone( $row, new Answer( 0, $error->getMessage(), '', $now ), __( 'The order could not be read.', 'refledger' ), $now );
			}
		}
		return $prepared;
	}

	/**
	 * Makes the row's event.
	 *
	 * @param OutboxRow $row A claimed row without payload.
	 * @return bool Whether it has anything to tell.
	 */
	private function fill( OutboxRow $row ): bool {
		$previous = $this->outbox->previous( $row );
		$event    = $this->source->make( $row, $previous );
		if ( null === $event ) {
			return false;
		}
		$row->fingerprint = OrderEvent::fingerprint( $event );
		if ( null !== $previous && $previous->fingerprint === $row->fingerprint ) {
			return false;
		}
		$row->type    = $event['type'];
		$row->payload = (string) wp_json_encode( $event, JSON_UNESCAPED_SLASHES | JSON_PRESERVE_ZERO_FRACTION );
		$this->outbox->keep( $row, $row->type, $row->payload, $row->fingerprint );
		return true;
	}

	/**
	 * Sends rows as one batch, or in halves.
	 *
	 * @param OutboxRow[] $rows  Rows with payload.
	 * @param callable    $clock Gives Unix time in seconds.
	 * @phpstan-param callable(): int $clock
	 * @return bool Whether it makes sense to go on sending now.
	 */
	private function send( array $rows, callable $clock ): bool {
		if ( array() === $rows ) {
			return true;
		}
		$body = '{"events":[' . implode( ',', array_column( $rows, 'payload' ) ) . ']}';
		if ( count( $rows ) > 1 && strlen( $body ) > self::LARGEST_BODY ) {
			return $this->send_halves( $rows, $clock );
		}
		$answer = $this->courier->post( $body );
		$now    = $clock();
		switch ( $answer->verdict ) {
			case Answer::RESULTS:
				$this->learn( $answer, $now );
				$this->settle( $rows, $answer, $now );
				return true;
			case Answer::SPLIT:
				if ( count( $rows ) > 1 ) {
					return $this->send_halves( $rows, $clock );
				}
				$this->learn( $answer, $now );
				$this->outbox->mark_failed( $rows[0], null, $answer->status, Words::failure( $answer ) );
				return true;
			case Answer::PAUSE:
				$this->learn( $answer, $now );
				array_map( array( $this->outbox, 'release' ), $rows );
				return false;
			default:
				$this->learn( $answer, $now );
				foreach ( $rows as $row ) {
					$this->postpone( $row, $answer, Words::failure( $answer ), $now );
				}
				return false;
		}
	}

	/**
	 * Sends rows as two batches. When the first cannot be sent now, the second is given back.
	 *
	 * @param OutboxRow[] $rows  At least two rows with payload.
	 * @param callable    $clock Gives Unix time in seconds.
	 * @phpstan-param callable(): int $clock
	 * @return bool Whether it makes sense to go on sending now.
	 */
	private function send_halves( array $rows, callable $clock ): bool {
		$half = intdiv( count( $rows ), 2 );
		if ( $this->send( array_slice( $rows, 0, $half ), $clock ) ) {
			return $this->send( array_slice( $rows, $half ), $clock );
		}
		array_map( array( $this->outbox, 'release' ), array_slice( $rows, $half ) );
		return false;
	}

	/**
	 * Does with each event what its result says. One without a result was not taken.
	 *
	 * @param OutboxRow[] $rows   The rows of the batch.
	 * @param Answer      $answer The server's answer.
	 * @param int         $now    Unix time in seconds.
	 */
	private function settle( array $rows, Answer $answer, int $now ): void {
		foreach ( $rows as $row ) {
			$result = $answer->results[ $row->event_id ] ?? null;
			if ( null === $result ) {
				$this->postpone( $row, $answer, __( 'The server said nothing about this event.', 'refledger' ), $now );
			} elseif ( 'rejected' === $result['status'] && OutboxRow::COUPON === $row->subject ) {
				// A server that is older than this plugin; it looks at coupons by itself, and no money depends on the event.
				$this->outbox->drop( $row );
			} elseif ( 'rejected' === $result['status'] ) {
				$words = self::describe_refusal( $row, $result['reason'] );
				$this->outbox->mark_failed( $row, null, $answer->status, $words );
				$this->health->failed( $now, $words );
			} else {
				$this->outbox->mark_sent( $row, $answer->status, $now );
			}
		}
	}

	/**
	 * Why an event was refused.
	 *
	 * @param OutboxRow $row    Its row.
	 * @param string    $reason The server's reason.
	 */
	private static function describe_refusal( OutboxRow $row, string $reason ): string {
		return OutboxRow::CUSTOMER === $row->subject
			/* translators: %s: the server's reason */
			? sprintf( __( 'The server refused to erase a customer; erase them in Refledger: %s', 'refledger' ), $reason )
			/* translators: %s: the server's reason */
			: sprintf( __( 'The server refused the order: %s', 'refledger' ), $reason );
	}

	/**
	 * Tries a row again later, or gives it up.
	 *
	 * @param OutboxRow $row    A claimed row.
	 * @param Answer    $answer What was answered.
	 * @param string    $words  Why it failed.
	 * @param int       $now    Unix time in seconds.
	 */
	private function postpone( OutboxRow $row, Answer $answer, string $words, int $now ): void {
		$wait = BackOff::wait( $row->attempts + 1, wp_rand( 0, 1000 ) / 1000, $answer->retry_after );
		$this->outbox->mark_failed( $row, null === $wait ? null : $now + $wait, $answer->status, $words );
	}
}
