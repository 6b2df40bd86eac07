<?php

use Refledger\EventSource;
use Refledger\OrderEvent;
use Refledger\OutboxRow;

/** Orders as texts: what an order tells is its text, `gone` is removed, and some cannot be read. */
final class Orders extends EventSource {

	/** @var array<int, string> */
	public $texts = array();

	public function __construct() {
	}

	public function make( OutboxRow $row, ?OutboxRow $previous ): ?array {
		$text = $this->texts[ $row->order_id ] ?? 'new';
		if ( 'unreadable' === $text ) {
			throw new RuntimeException( 'a plugin has broken this order' );
		}
		if ( 'gone' === $text ) {
			return OrderEvent::removed( $row->order_id, $row->envelope() );
		}
		return 'draft' === $text ? null : array(
			'eventId'    => $row->event_id,
			'type'       => 'order.upsert',
			'sequence'   => $row->id,
			'occurredAt' => 'now',
			'order'      => array( 'id' => (string) $row->order_id, 'text' => $text ),
		);
	}
}
