<?php
// A must-use plugin: swallows mails, and writes down what each request cost and whom it asked.
add_filter( 'pre_wp_mail', '__return_true' );
$GLOBALS['live_remote'] = array();
add_filter(
	'pre_http_request',
	static function ( $answer, $args, $url ) {
		$GLOBALS['live_remote'][] = $url;
		return $answer;
	},
	PHP_INT_MAX,
	3
);
add_action(
	'shutdown',
	static function () {
		global $wpdb;
		if ( 'cli' === PHP_SAPI ) {
			return;
		}
		$line = array(
			'uri'     => $_SERVER['REQUEST_URI'],
			'method'  => $_SERVER['REQUEST_METHOD'],
			'queries' => $wpdb->num_queries,
			'remote'  => $GLOBALS['live_remote'],
			'ms'      => ( microtime( true ) - $_SERVER['REQUEST_TIME_FLOAT'] ) * 1000,
		);
		file_put_contents( WP_CONTENT_DIR . '/requests.log', json_encode( $line ) . "\n", FILE_APPEND | LOCK_EX );
	},
	PHP_INT_MAX
);
