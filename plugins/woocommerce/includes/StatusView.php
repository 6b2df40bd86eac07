<?php
/**
 * How the connection is, on the settings page.
 *
 * @package Refledger
 */

namespace Refledger;

defined( 'ABSPATH' ) || exit;

/**
 * Shows what waits, the last success, the last failure in words, and the two buttons.
 */
final class StatusView {

	/**
	 * The rows of the settings table.
	 */
	public static function show(): void {
		if ( ! Settings::is_connected() ) {
			return;
		}
		$health = ( new Health() )->read();
		$outbox = new Outbox();
		$counts = $outbox->count();
		self::row( __( 'Waiting', 'refledger' ), self::waiting( $counts, $health['paused'] ) );
		self::row( __( 'Last success', 'refledger' ), self::ago( $health['last_success'] ) );
		$failure = 0 === $health['last_failure'] ? self::ago( 0 ) : self::ago( $health['last_failure'] ) . ': ' . $health['failure'];
		self::row( __( 'Last failure', 'refledger' ), $failure );
		foreach ( $outbox->dead() as $row ) {
			self::row( self::name_row( $row ), $row->last_error );
		}
		self::buttons( $counts );
	}

	/**
	 * What was given up.
	 *
	 * @param OutboxRow $row The row.
	 */
	private static function name_row( OutboxRow $row ): string {
		if ( OutboxRow::CUSTOMER === $row->subject ) {
			return __( 'Given up: a customer who was erased', 'refledger' );
		}
		return OutboxRow::COUPON === $row->subject
			/* translators: %d: number of the coupon */
			? sprintf( __( 'Given up: coupon %d', 'refledger' ), $row->order_id )
			/* translators: %d: order number */
			: sprintf( __( 'Given up: order %d', 'refledger' ), $row->order_id );
	}

	/**
	 * One row.
	 *
	 * @param string $title What it says.
	 * @param string $text  How it is.
	 */
	private static function row( string $title, string $text ): void {
		printf( '<tr><th scope="row" class="titledesc">%s</th><td class="forminp"><p>%s</p></td></tr>', esc_html( $title ), esc_html( $text ) );
	}

	/**
	 * The buttons; each is a link with a nonce, answered by AdminActions.
	 *
	 * @param array{pending: int, dead: int, oldest: int} $counts What waits.
	 */
	private static function buttons( array $counts ): void {
		echo '<tr><th scope="row" class="titledesc"></th><td class="forminp">';
		printf( '<a class="button" href="%s">%s</a> ', esc_url( AdminActions::url( AdminActions::TEST ) ), esc_html__( 'Test the connection', 'refledger' ) );
		if ( $counts['pending'] + $counts['dead'] > 0 ) {
			printf( '<a class="button" href="%s">%s</a>', esc_url( AdminActions::url( AdminActions::RESEND ) ), esc_html__( 'Send everything now', 'refledger' ) );
		}
		echo '</td></tr>';
	}

	/**
	 * What waits, in words.
	 *
	 * @param array{pending: int, dead: int, oldest: int} $counts What waits.
	 * @param bool                                        $paused Whether nothing is sent at present.
	 */
	private static function waiting( array $counts, bool $paused ): string {
		if ( 0 === $counts['pending'] && 0 === $counts['dead'] ) {
			return __( 'Nothing: everything was sent.', 'refledger' );
		}
		/* translators: %d: number of events */
		$words = array( sprintf( _n( '%d event waits.', '%d events wait.', $counts['pending'], 'refledger' ), $counts['pending'] ) );
		if ( $counts['oldest'] > 0 ) {
			/* translators: %s: for example "5 minutes ago" */
			$words[] = sprintf( __( 'The oldest is of %s.', 'refledger' ), self::ago( $counts['oldest'] ) );
		}
		if ( $counts['dead'] > 0 ) {
			/* translators: %d: number of events */
			$words[] = sprintf( _n( '%d event was given up.', '%d events were given up.', $counts['dead'], 'refledger' ), $counts['dead'] );
		}
		if ( $paused ) {
			$words[] = __( 'Sending is paused until the connection works again.', 'refledger' );
		}
		return implode( ' ', $words );
	}

	/**
	 * How long ago something was.
	 *
	 * @param int $time Unix time in seconds; 0 = never.
	 */
	public static function ago( int $time ): string {
		if ( 0 === $time ) {
			return __( 'never', 'refledger' );
		}
		/* translators: %s: for example "5 minutes" */
		return sprintf( __( '%s ago', 'refledger' ), human_time_diff( $time, time() ) );
	}
}
