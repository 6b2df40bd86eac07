<?php
/**
 * When the outbox is sent.
 *
 * @package Refledger
 */

namespace Refledger;

defined( 'ABSPATH' ) || exit;

/**
 * WP-Cron, every minute. Not one job per order: to schedule one costs a checkout several database queries, and Action
 * Scheduler neither repeats a failed job nor keeps a recurring one that failed five times.
 */
final class Schedule {

	const HOOK = 'refledger_send';

	const EVERY = 'refledger_minute';

	/**
	 * The minute, for WP-Cron.
	 *
	 * @param array<string, array{interval: int, display: string}> $schedules What there is.
	 * @return array<string, array{interval: int, display: string}>
	 */
	public static function add_minute( array $schedules ): array {
		$schedules[ self::EVERY ] = array(
			'interval' => 60,
			'display'  => did_action( 'init' ) ? __( 'Every minute (Refledger)', 'refledger' ) : 'Every minute (Refledger)',
		);
		return $schedules;
	}

	/**
	 * Puts the job in place; also when another plugin threw it out.
	 */
	public static function ensure(): void {
		if ( false === wp_next_scheduled( self::HOOK ) ) {
			wp_schedule_event( time(), self::EVERY, self::HOOK );
		}
	}

	/**
	 * Takes the job away.
	 */
	public static function clear(): void {
		wp_clear_scheduled_hook( self::HOOK );
	}
}
