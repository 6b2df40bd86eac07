<?php
// A must-use plugin: a cache of whole pages, as bold as hosts' caches are. While the option live_page_cache is "yes", a
// visitor without a session of WooCommerce or WordPress gets what was kept for the address without its query, headers and
// cookies and all, and PHP runs no further.
if ( 'cli' !== PHP_SAPI && 'GET' === $_SERVER['REQUEST_METHOD'] && 'yes' === get_option( 'live_page_cache' ) ) {
	$live_path   = strtok( $_SERVER['REQUEST_URI'], '?' );
	$live_pages  = '/' === $live_path || 0 === strpos( $live_path, '/product/' );
	$live_person = preg_grep( '/^(wp_woocommerce_session_|woocommerce_items_in_cart|wordpress_logged_in_)/', array_keys( $_COOKIE ) );
	if ( $live_pages && ! isset( $_GET['add-to-cart'] ) && ! $live_person ) {
		$live_file = WP_CONTENT_DIR . '/page-cache-' . md5( $live_path );
		if ( is_file( $live_file ) ) {
			$kept = unserialize( file_get_contents( $live_file ) );
			foreach ( $kept['headers'] as $header ) {
				header( $header, false );
			}
			header( 'x-live-cache: hit' );
			echo $kept['body'];
			exit;
		}
		ob_start(
			static function ( $body ) use ( $live_file ) {
				file_put_contents( $live_file, serialize( array( 'headers' => headers_list(), 'body' => $body ) ) );
				return $body;
			}
		);
	}
}
