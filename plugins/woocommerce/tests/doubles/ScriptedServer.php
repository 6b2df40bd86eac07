<?php

use Refledger\Answer;
use Refledger\Courier;

/** A server that answers as told, or takes everything; remembers what it was sent. */
final class ScriptedServer extends Courier {

	/** @var array<int, array<int, array<string, mixed>>> Events of each batch. */
	public $batches = array();

	/** @var int */
	public $knocks = 0;

	/** @var callable(array<int, array<string, mixed>>): ?Answer */
	private $answer;

	public function __construct( ?callable $answer = null ) {
		$this->answer = $answer ?? static function (): ?Answer {
			return null;
		};
	}

	public function post( string $body ): Answer {
		$events          = json_decode( $body, true, 512, JSON_THROW_ON_ERROR )['events'];
		$this->batches[] = $events;
		return ( $this->answer )( $events ) ?? self::take( $events );
	}

	public function knock(): Answer {
		++$this->knocks;
		return ( $this->answer )( array() ) ?? self::take( array() );
	}

	public static function take( array $events, array $rejected = array() ): Answer {
		$results = array();
		foreach ( $events as $event ) {
			$results[] = array(
				'eventId' => $event['eventId'],
				'status'  => in_array( $event['orderId'] ?? $event['order']['id'], $rejected, true ) ? 'rejected' : 'accepted',
				'message' => 'lines.0.total: send a decimal string',
			);
		}
		return new Answer( 202, json_encode( array( 'results' => $results ) ), '', 0 );
	}

	public static function status( int $status, string $retry_after = '' ): Answer {
		return new Answer( $status, '', $retry_after, 0 );
	}
}
