<?php
/**
 * Activation, upgrade, deactivation.
 *
 * @package Refledger
 */

namespace Refledger;

defined( 'ABSPATH' ) || exit;

/**
 * What happens when the plugin comes, is updated and goes. Nothing here speaks to the server.
 */
final class Lifecycle {

	const SCHEMA_OPTION = 'refledger_schema';

	/**
	 * On activation, on one site or on all: the tables of other sites are made when those are next visited.
	 */
	public static function activate(): void {
		self::upgrade();
		Schedule::ensure();
	}

	/**
	 * On deactivation: nothing is sent any more, nothing is lost.
	 */
	public static function deactivate(): void {
		Schedule::clear();
		ShortLink::remove_rule();
	}

	/**
	 * Makes or changes the table when the code wants another one than there is. Costs one look at an autoloaded
	 * option, so that it also holds on sites of a network and after an update by file copy.
	 */
	public static function upgrade(): void {
		if ( OutboxTable::VERSION === get_option( self::SCHEMA_OPTION ) ) {
			return;
		}
		OutboxTable::create();
		update_option( self::SCHEMA_OPTION, OutboxTable::VERSION, true );
	}
}
