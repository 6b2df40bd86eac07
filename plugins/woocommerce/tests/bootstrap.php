<?php
/**
 * Loads the plugin's classes without WordPress.
 *
 * @package Refledger
 */

const ABSPATH = __DIR__;

require_once __DIR__ . '/wordpress.php';

spl_autoload_register(
	static function ( string $name ): void {
		if ( 0 === strpos( $name, 'Refledger\\' ) ) {
			require_once __DIR__ . '/../includes/' . substr( $name, strlen( 'Refledger\\' ) ) . '.php';
		}
	}
);

/**
 * The vectors that the server's tests read as well.
 *
 * @param string $name Name of the file without its ending.
 * @return array<string, mixed>
 */
function refledger_vectors( string $name ): array {
	$text = file_get_contents( __DIR__ . "/../../../test/support/vectors/$name.json" );
	return json_decode( $text, true, 512, JSON_THROW_ON_ERROR );
}
