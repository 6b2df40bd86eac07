<?php
/**
 * The log.
 *
 * @package Refledger
 */

namespace Refledger;

defined( 'ABSPATH' ) || exit;

/**
 * WooCommerce > Status > Logs, source "refledger". No secrets and nothing of buyers goes in.
 */
final class Log {

	/**
	 * Something went wrong.
	 *
	 * @param string $message What, in words.
	 */
	public static function error( string $message ): void {
		if ( function_exists( 'wc_get_logger' ) ) {
			wc_get_logger()->error( $message, array( 'source' => 'refledger' ) );
		}
	}
}
