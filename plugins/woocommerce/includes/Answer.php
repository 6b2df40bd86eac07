<?php
/**
 * What the server answered.
 *
 * @package Refledger
 */

namespace Refledger;

defined( 'ABSPATH' ) || exit;

/**
 * The server's answer to a batch, and what it asks of the sender.
 */
final class Answer {

	/** Each event has a result of its own. */
	const RESULTS = 'results';
	/** The batch cannot be taken: send halves. */
	const SPLIT = 'split';
	/** Send the same again, later. */
	const WAIT = 'wait';
	/** Sending again is of no use before a person did something. */
	const PAUSE = 'pause';

	/**
	 * One of the constants above.
	 *
	 * @var string
	 */
	public $verdict;

	/**
	 * HTTP status; 0 when there was no answer.
	 *
	 * @var int
	 */
	public $status;

	/**
	 * Why, as far as the other side said so; empty when it did not.
	 *
	 * @var string
	 */
	public $detail;

	/**
	 * Seconds of Retry-After.
	 *
	 * @var int|null
	 */
	public $retry_after;

	/**
	 * By event id: `accepted`, `known` or `rejected`, and the reason.
	 *
	 * @var array<string, array{status: string, reason: string}>
	 */
	public $results = array();

	/**
	 * Reads an answer.
	 *
	 * @param int    $status      HTTP status; 0 when there was no answer.
	 * @param string $body        The body, or why there was no answer.
	 * @param string $retry_after The header of that name, empty when there was none.
	 * @param int    $now         Unix time in seconds.
	 */
	public function __construct( int $status, string $body, string $retry_after, int $now ) {
		$this->status      = $status;
		$this->retry_after = self::read_wait( $retry_after, $now );
		$json              = json_decode( $body, true );
		$this->detail      = self::read_detail( $status, $body, $json );
		$this->verdict     = self::judge( $status );
		if ( self::RESULTS === $this->verdict ) {
			$this->read_results( $json );
		}
	}

	/**
	 * What the status asks for, before the body is looked at.
	 *
	 * @param int $status HTTP status.
	 */
	private static function judge( int $status ): string {
		if ( $status >= 200 && $status < 300 ) {
			return self::RESULTS;
		}
		if ( in_array( $status, array( 400, 413, 422 ), true ) ) {
			return self::SPLIT;
		}
		return in_array( $status, array( 401, 403, 410 ), true ) ? self::PAUSE : self::WAIT;
	}

	/**
	 * The result of each event. A 2xx without results is somebody else's, e.g. a page of the host.
	 *
	 * @param mixed $json The body, decoded.
	 */
	private function read_results( $json ): void {
		$results = is_array( $json ) ? $json['results'] ?? null : null;
		if ( ! is_array( $results ) ) {
			$this->verdict = self::WAIT;
			return;
		}
		foreach ( $results as $result ) {
			if ( is_array( $result ) && is_string( $result['eventId'] ?? null ) && is_string( $result['status'] ?? null ) ) {
				$reason                              = $result['message'] ?? $result['code'] ?? '';
				$this->results[ $result['eventId'] ] = array(
					'status' => $result['status'],
					'reason' => is_string( $reason ) ? self::shorten( $reason ) : '',
				);
			}
		}
	}

	/**
	 * What the other side said about it.
	 *
	 * @param int    $status HTTP status.
	 * @param string $body   The body.
	 * @param mixed  $json   The body, decoded.
	 */
	private static function read_detail( int $status, string $body, $json ): string {
		if ( 0 === $status ) {
			return self::shorten( $body );
		}
		$error   = is_array( $json ) && is_array( $json['error'] ?? null ) ? $json['error'] : array();
		$message = $error['message'] ?? '';
		return is_string( $message ) ? self::shorten( $message ) : '';
	}

	/**
	 * Retry-After is a number of seconds or a date.
	 *
	 * @param string $header The header.
	 * @param int    $now    Unix time in seconds.
	 */
	private static function read_wait( string $header, int $now ): ?int {
		if ( 1 === preg_match( '/^\d{1,9}$/D', $header ) ) {
			return (int) $header;
		}
		$date = '' === $header ? false : strtotime( $header );
		return false === $date ? null : max( 0, $date - $now );
	}

	/**
	 * Text of the other side, as much of it as is kept.
	 *
	 * @param string $text The text.
	 */
	private static function shorten( string $text ): string {
		$line = trim( (string) preg_replace( '/[^\x20-\x7E]+/', ' ', $text ) );
		return substr( $line, 0, 200 );
	}
}
