<?php
/**
 * The block checkout.
 *
 * @package Refledger
 */

namespace Refledger;

defined( 'ABSPATH' ) || exit;

/**
 * Lets the block checkout, and one without cookies, send the code along as `extensions.refledger.ref`. The schema takes
 * nothing or any text and is optional: a value that it refused would fail the buyer's checkout. What the text may be is
 * checked when it is read.
 */
final class CheckoutBlock {

	/**
	 * Extends the checkout's schema.
	 */
	public static function extend(): void {
		if ( ! function_exists( 'woocommerce_store_api_register_endpoint_data' ) ) {
			return;
		}
		woocommerce_store_api_register_endpoint_data(
			array(
				'endpoint'        => 'checkout',
				'namespace'       => 'refledger',
				'schema_callback' => array( self::class, 'schema' ),
			)
		);
	}

	/**
	 * The schema of what is sent along.
	 *
	 * @return array<string, mixed>
	 */
	public static function schema(): array {
		return array(
			'ref' => array(
				'description' => 'Code of the partner who sent the buyer.',
				'type'        => array( 'string', 'null' ),
				'context'     => array(),
				'optional'    => true,
				'required'    => false,
			),
		);
	}

	/**
	 * Loads the script that sends it along.
	 */
	public static function enqueue(): void {
		if ( Settings::is_connected() ) {
			wp_enqueue_script( 'refledger-checkout', plugins_url( 'assets/js/checkout-block.js', PLUGIN_FILE ), array( 'wp-data' ), VERSION, array( 'in_footer' => true ) );
		}
	}
}
