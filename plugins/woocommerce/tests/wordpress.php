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
