<?php
/**
 * What the shop has set.
 *
 * @package Refledger
 */

namespace Refledger;

defined( 'ABSPATH' ) || exit;

/**
 * Options. What every page needs is one autoloaded option without secrets; secrets are another, read only where
 * something is signed, and are never shown.
 */
final class Settings {

	const OPTION = 'refledger_settings';

	const SECRETS = 'refledger_secrets';

	/** Consent is asked of the WP Consent API where a consent plugin is active, and else taken as given or missing. */
	const CONSENT_GIVEN    = 'granted';
	const CONSENT_REQUIRED = 'required';

	const DEFAULTS = array(
		'server'          => '',
		'store_id'        => '',
		'store_key'       => '',
		'consent'         => self::CONSENT_GIVEN,
		'params'          => 'ref',
		'cookie_days'     => 30,
		'privacy_signals' => 'no',
		'delete_data'     => 'no',
		'address'         => '',
		'link_prefix'     => 'go',
		'link_rule'       => '',
		'portal'          => '',
		'account_tab'     => 'no',
		'invitation'      => 'no',
	);

	/**
	 * One setting, as text.
	 *
	 * @param string $name A key of DEFAULTS.
	 */
	public static function get( string $name ): string {
		$stored = get_option( self::OPTION );
		$stored = is_array( $stored ) ? $stored : array();
		return (string) ( $stored[ $name ] ?? self::DEFAULTS[ $name ] );
	}

	/**
	 * Changes settings and leaves the others.
	 *
	 * @param array<string, string|int> $changes New values by name.
	 */
	public static function change( array $changes ): void {
		$stored = get_option( self::OPTION );
		update_option( self::OPTION, array_merge( self::DEFAULTS, is_array( $stored ) ? $stored : array(), $changes ), true );
	}

	/**
	 * Whether a key was pasted. Before that nothing is kept, and nothing leaves the shop.
	 */
	public static function is_connected(): bool {
		return '' !== self::get( 'server' ) && '' !== self::get( 'store_id' );
	}

	/**
	 * Takes what a connection key holds.
	 *
	 * @param array{server: string, store_id: string, store_key: string, secret: string, buyer_key: string} $key The key.
	 */
	public static function connect( array $key ): void {
		self::change(
			array(
				'server'    => $key['server'],
				'store_id'  => $key['store_id'],
				'store_key' => $key['store_key'],
			)
		);
		$secrets = array(
			'secret'    => $key['secret'],
			'buyer_key' => $key['buyer_key'],
		);
		update_option( self::SECRETS, $secrets, false );
	}

	/**
	 * Forgets the connection; what waits in the outbox stays.
	 */
	public static function disconnect(): void {
		delete_option( self::SECRETS );
		self::change(
			array(
				'server'    => '',
				'store_id'  => '',
				'store_key' => '',
			)
		);
	}

	/**
	 * Signs what is sent. The constant REFLEDGER_SECRET in wp-config.php comes before the pasted secret.
	 */
	public static function signer(): Signer {
		$secret = defined( 'REFLEDGER_SECRET' ) ? (string) constant( 'REFLEDGER_SECRET' ) : self::secret( 'secret' );
		return new Signer( $secret );
	}

	/**
	 * Hashes buyers; null when the key that was pasted holds no buyer key.
	 */
	public static function buyer_keys(): ?BuyerKeys {
		$key = self::secret( 'buyer_key' );
		return '' === $key ? null : new BuyerKeys( $key );
	}

	/**
	 * URL parameters that may carry a code.
	 *
	 * @return string[]
	 */
	public static function params(): array {
		$names = preg_split( '/[\s,]+/', self::get( 'params' ), -1, PREG_SPLIT_NO_EMPTY );
		return false === $names || array() === $names ? array( 'ref' ) : $names;
	}

	/**
	 * For how long a code is kept in the browser, in seconds. The window itself is checked by the server (S3).
	 */
	public static function cookie_seconds(): int {
		return max( 1, (int) self::get( 'cookie_days' ) ) * 86400;
	}

	/**
	 * Where partners sign in and customers become one: what the shop has set, or the server.
	 */
	public static function portal(): string {
		$portal = self::get( 'portal' );
		return '' === $portal ? self::get( 'server' ) . '/' : $portal;
	}

	/**
	 * One of the two secrets.
	 *
	 * @param string $name `secret` or `buyer_key`.
	 */
	private static function secret( string $name ): string {
		$stored = get_option( self::SECRETS );
		return is_array( $stored ) && is_string( $stored[ $name ] ?? null ) ? $stored[ $name ] : '';
	}
}
