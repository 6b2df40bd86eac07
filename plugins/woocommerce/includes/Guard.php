<?php
/**
 * Keeps our failures from the shop.
 *
 * @package Refledger
 */

namespace Refledger;

use Throwable;

defined( 'ABSPATH' ) || exit;

/**
 * Whatever goes wrong in this plugin is logged, and the shop goes on: no sale is worth less than its commission.
 */
final class Guard {

	/**
	 * A callback for an action.
	 *
	 * @param callable $callback What to do.
	 */
	public static function action( callable $callback ): callable {
		return static function ( ...$args ) use ( $callback ): void {
			try {
				$callback( ...$args );
			} catch ( Throwable $error ) {
				self::log( $error );
			}
		};
	}

	/**
	 * A callback for a filter; after a failure the value goes on as it came.
	 *
	 * @param callable $callback What to do.
	 */
	public static function filter( callable $callback ): callable {
		return static function ( $value, ...$args ) use ( $callback ) {
			try {
				return $callback( $value, ...$args );
			} catch ( Throwable $error ) {
				self::log( $error );
				return $value;
			}
		};
	}

	/**
	 * Writes a failure into WooCommerce's log. Where it happened is told, not with which data.
	 *
	 * @param Throwable $error What happened.
	 */
	public static function log( Throwable $error ): void {
		$place = basename( $error->getFile() ) . ':' . $error->getLine();
		Log::error( get_class( $error ) . ' in ' . $place . ': ' . $error->getMessage() );
	}
}
