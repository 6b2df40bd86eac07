<?php
/**
 * Prints the connection key of a shop, until the server does: server, store id, store key, event secret, buyer key.
 *
 * @package Refledger
 */

require __DIR__ . '/../tests/bootstrap.php';

$names = array( 'server', 'storeId', 'storeKey', 'eventSecret', 'buyerKey' );
$given = array_slice( $argv, 1 );
if ( count( $given ) < 4 || count( $given ) > 5 ) {
	fwrite( STDERR, "usage: php make-connection-key.php <server> <store id> <store key> <event secret> [<buyer key>]\n" );
	exit( 2 );
}
$key = Refledger\ConnectionKey::encode( array_combine( array_slice( $names, 0, count( $given ) ), $given ) );
Refledger\ConnectionKey::parse( $key, true );
echo $key, "\n";
