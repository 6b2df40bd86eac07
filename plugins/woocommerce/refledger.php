<?php
/**
 * Plugin Name: Refledger for WooCommerce
 * Plugin URI: https://github.com/refledger/refledger
 * Description: Tells your Refledger partner programme about orders, refunds and edits, so that affiliates are credited right, to the cent.
 * Version: 0.1.0
 * Author: Refledger
 * License: GPL-2.0-or-later
 * License URI: https://www.gnu.org/licenses/gpl-2.0.html
 * Text Domain: refledger
 * Domain Path: /languages
 * Requires at least: 6.7
 * Requires PHP: 7.4
 * Requires Plugins: woocommerce
 * WC requires at least: 9.5
 * WC tested up to: 10.5
 *
 * @package Refledger
 */

namespace Refledger;

defined( 'ABSPATH' ) || exit;

const VERSION     = '0.1.0';
const PLUGIN_FILE = __FILE__;

spl_autoload_register(
	static function ( string $name ): void {
		$prefix = __NAMESPACE__ . '\\';
		$file   = __DIR__ . '/includes/' . substr( $name, strlen( $prefix ) ) . '.php';
		if ( 0 === strpos( $name, $prefix ) && is_file( $file ) ) {
			require_once $file;
		}
	}
);

register_activation_hook( __FILE__, array( Lifecycle::class, 'activate' ) );
register_deactivation_hook( __FILE__, array( Lifecycle::class, 'deactivate' ) );
Plugin::start();
