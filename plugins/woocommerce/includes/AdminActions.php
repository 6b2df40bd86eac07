<?php
/**
 * Buttons of the admin area.
 *
 * @package Refledger
 */

namespace Refledger;

defined( 'ABSPATH' ) || exit;

/**
 * Answers the buttons. Each asks for the capability and a nonce before it does anything.
 */
final class AdminActions {

	const TEST = 'refledger_test';

	const RESEND = 'refledger_resend';

	const DISCONNECT = 'refledger_disconnect';

	/**
	 * Listens.
	 */
	public static function listen(): void {
		add_action( 'admin_post_' . self::TEST, array( self::class, 'test' ) );
		add_action( 'admin_post_' . self::RESEND, array( self::class, 'resend' ) );
		add_action( 'admin_post_' . self::DISCONNECT, array( self::class, 'disconnect' ) );
	}

	/**
	 * The address of a button.
	 *
	 * @param string $action One of those above.
	 */
	public static function url( string $action ): string {
		return wp_nonce_url( admin_url( 'admin-post.php?action=' . $action ), $action );
	}

	/**
	 * The address of the settings page.
	 */
	public static function settings_url(): string {
		return admin_url( 'admin.php?page=wc-settings&tab=refledger' );
	}

	/**
	 * Asks the server whether it knows this shop; the page shows what came of it.
	 */
	public static function test(): void {
		self::admit( self::TEST );
		if ( Settings::is_connected() ) {
			Guard::action(
				static function (): void {
					Plugin::sender()->learn( ( new Courier() )->knock(), time() );
				}
			)();
		}
		self::go_back();
	}

	/**
	 * Makes everything due, also what was given up, and begins to send.
	 */
	public static function resend(): void {
		self::admit( self::RESEND );
		( new Outbox() )->resend( time() );
		( new Health() )->resume();
		Guard::action( array( Plugin::class, 'send' ) )();
		self::go_back();
	}

	/**
	 * Forgets the connection. What waits stays, and is sent when the shop is connected again.
	 */
	public static function disconnect(): void {
		self::admit( self::DISCONNECT );
		Settings::disconnect();
		( new Health() )->resume();
		self::go_back();
	}

	/**
	 * Only staff of the shop, and only from our own page.
	 *
	 * @param string $action One of those above.
	 */
	private static function admit( string $action ): void {
		if ( ! current_user_can( 'manage_woocommerce' ) ) {
			wp_die( esc_html__( 'You may not do this.', 'refledger' ), '', array( 'response' => 403 ) );
		}
		check_admin_referer( $action );
	}

	/**
	 * Back to the settings page.
	 */
	private static function go_back(): void {
		wp_safe_redirect( self::settings_url() );
		exit;
	}
}
