<?php
/**
 * Reads an order and its refunds as WooCommerce's REST gives them from standard input, `{"order":…,"refunds":…}`, and
 * prints the event that the plugin makes of them; the server's tests compare what both mean.
 *
 * @package Refledger
 */

use Refledger\BuyerKeys;
use Refledger\OrderEvent;

require __DIR__ . '/bootstrap.php';

$given    = json_decode( (string) stream_get_contents( STDIN ), true, 512, JSON_THROW_ON_ERROR );
$order    = $given['order'] + array( 'refund_details' => $given['refunds'] );
$keys     = new BuyerKeys( base64_encode( str_repeat( 'k', 32 ) ) );
$envelope = array(
	'event_id'    => '0f8fad5b-d9cb-469f-a165-70867728950e',
	'sequence'    => 1,
	'occurred_at' => 1764000000,
);
echo json_encode( ( new OrderEvent( array( 'ref' ), $keys ) )->upsert( $order, $envelope ), JSON_THROW_ON_ERROR );
