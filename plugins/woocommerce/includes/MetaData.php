<?php
/**
 * Meta data of WooCommerce's REST.
 *
 * @package Refledger
 */

namespace Refledger;

defined( 'ABSPATH' ) || exit;

/**
 * Meta data of an order or a line.
 */
final class MetaData {

	/**
	 * Values of meta data by key, as far as they are text or numbers.
	 *
	 * @param array<string, mixed> $owner An order or a line.
	 * @return array<string, string>
	 */
	public static function read( array $owner ): array {
		$meta = array();
		foreach ( $owner['meta_data'] ?? array() as $entry ) {
			if ( is_scalar( $entry['value'] ?? null ) ) {
				$meta[ (string) $entry['key'] ] = (string) $entry['value'];
			}
		}
		return $meta;
	}
}
