<?php
/**
 * The few functions of WordPress that the plugin's pure classes call, so that they run without it.
 *
 * @package Refledger
 */

function __( string $text, string $domain ): string {
	return $text;
}

function wp_json_encode( $data, int $flags = 0 ) {
	return json_encode( $data, $flags );
}

function wp_rand( int $min, int $max ): int {
	return $min;
}

/** Options of the shop, by name; a test sets and reads them. */
$GLOBALS['refledger_options'] = array();

function get_option( string $name, $default = false ) {
	return $GLOBALS['refledger_options'][ $name ] ?? $default;
}

function update_option( string $name, $value, $autoload = null ): bool {
	$GLOBALS['refledger_options'][ $name ]            = $value;
	$GLOBALS['refledger_autoloaded_options'][ $name ] = $autoload;
	return true;
}
