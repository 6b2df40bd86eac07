<?php
/**
 * How the connection is.
 *
 * @package Refledger
 */

namespace Refledger;

defined( 'ABSPATH' ) || exit;

/**
 * What the last attempts came to, for the settings page and the notice: one option, so that no admin page has to
 * count rows.
 */
class Health {

	const OPTION = 'refledger_health';

	const NOTHING = array(
		'last_success' => 0,
		'last_failure' => 0,
		'failure'      => '',
		'paused'       => false,
		'pending'      => 0,
		'dead'         => 0,
		'oldest'       => 0,
		'knocked'      => 0,
	);

	/**
	 * All of it. Times are Unix seconds, 0 = never; `failure` is in words; `oldest` is since when something waits.
	 *
	 * @return array{last_success: int, last_failure: int, failure: string, paused: bool, pending: int, dead: int, oldest: int, knocked: int}
	 */
	public function read(): array {
		$stored = get_option( self::OPTION );
		$stored = is_array( $stored ) ? array_intersect_key( $stored, self::NOTHING ) : array();
		return array_merge( self::NOTHING, $stored );
	}

	/**
	 * The server took what was sent.
	 *
	 * @param int $now Unix time in seconds.
	 */
	public function succeeded( int $now ): void {
		$this->change(
			array(
				'last_success' => $now,
				'paused'       => false,
			)
		);
	}

	/**
	 * It did not.
	 *
	 * @param int    $now    Unix time in seconds.
	 * @param string $words  Why, and what to do.
	 * @param bool   $paused Whether sending again is of no use before somebody did something.
	 */
	public function failed( int $now, string $words, bool $paused = false ): void {
		$this->change(
			array(
				'last_failure' => $now,
				'failure'      => $words,
				'paused'       => $paused,
			)
		);
	}

	/**
	 * Whether anything may be sent.
	 */
	public function is_paused(): bool {
		return $this->read()['paused'];
	}

	/**
	 * Sending may go on.
	 */
	public function resume(): void {
		$this->change( array( 'paused' => false ) );
	}

	/**
	 * How much waits.
	 *
	 * @param array{pending: int, dead: int, oldest: int} $counts As the outbox counts.
	 */
	public function counted( array $counts ): void {
		$this->change( $counts );
	}

	/**
	 * The server was asked whether it knows this shop.
	 *
	 * @param int $now Unix time in seconds.
	 */
	public function knocked( int $now ): void {
		$this->change( array( 'knocked' => $now ) );
	}

	/**
	 * Changes some of it.
	 *
	 * @param array<string, int|string|bool> $changes New values by name.
	 */
	private function change( array $changes ): void {
		update_option( self::OPTION, array_merge( $this->read(), $changes ), false );
	}
}
