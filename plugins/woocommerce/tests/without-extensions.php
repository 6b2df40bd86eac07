<?php
/**
 * Run by `php -n`: a host without intl and mbstring folds plain codes and e-mails like any other.
 *
 * @package Refledger
 */

use Refledger\AffiliateCode;
use Refledger\EmailAddress;

require __DIR__ . '/bootstrap.php';

$plain = static function ( array $vector ): bool {
	return 1 === preg_match( '/^[\x00-\x7F]*$/D', $vector['raw'] . ( $vector['folded'] ?? '' ) );
};

$codes  = array_filter( refledger_vectors( 'codes' )['fold'], $plain );
$emails = array_filter( refledger_vectors( 'buyer-keys' )['emails'], $plain );
$wrong  = array();
foreach ( $codes as $vector ) {
	if ( AffiliateCode::fold( $vector['raw'] ) !== $vector['folded'] ) {
		$wrong[] = $vector['why'];
	}
}
foreach ( $emails as $vector ) {
	if ( EmailAddress::normalise( $vector['raw'] ) !== $vector['normalised'] ) {
		$wrong[] = $vector['why'];
	}
}
printf(
	"intl: %s, mbstring: %s, checked: %d, wrong: %s\n",
	extension_loaded( 'intl' ) ? 'yes' : 'no',
	extension_loaded( 'mbstring' ) ? 'yes' : 'no',
	count( $codes ) + count( $emails ),
	array() === $wrong ? 'none' : implode( '; ', $wrong )
);
exit( array() === $wrong ? 0 : 1 );
