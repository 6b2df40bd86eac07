<?php

use PHPUnit\Framework\TestCase;
use Refledger\ConnectionKey;
use Refledger\ConnectionRoute;
use Refledger\Settings;
use const Refledger\VERSION;

require_once __DIR__ . '/doubles/Rest.php';

/** The server hands the shop its connection key, after the owner has agreed. */
final class ConnectionRouteTest extends TestCase {

	const MEMBERS = array(
		'server'      => 'https://partners.example',
		'storeId'     => 'store-1',
		'storeKey'    => 'public-1',
		'eventSecret' => 'whsec_c2VjcmV0LW9mLXRoZS1zaG9w',
	);

	protected function setUp(): void {
		$GLOBALS['refledger_options']            = array( 'refledger_health' => array( 'paused' => true ) );
		$GLOBALS['refledger_autoloaded_options'] = array();
		defined( 'Refledger\VERSION' ) || define( 'Refledger\VERSION', '0.1.0' );
	}

	private static function put( string $key ) {
		return ConnectionRoute::connect( new WP_REST_Request( array( 'connectionKey' => $key ) ) );
	}

	public function test_it_is_connected_and_goes_on_sending(): void {
		$answer = self::put( ConnectionKey::encode( self::MEMBERS ) );
		$this->assertSame( array( 200, array( 'connected' => true, 'pluginVersion' => VERSION ) ), array( $answer->status, $answer->data ) );
		$this->assertTrue( Settings::is_connected() );
		$this->assertSame( 'https://partners.example', Settings::get( 'server' ) );
		$this->assertFalse( $GLOBALS['refledger_options']['refledger_health']['paused'] );
	}

	public function test_the_secret_is_not_loaded_with_every_page_and_is_not_told_back(): void {
		$answer = self::put( ConnectionKey::encode( self::MEMBERS ) );
		$this->assertFalse( $GLOBALS['refledger_autoloaded_options']['refledger_secrets'] );
		$this->assertStringNotContainsString( self::MEMBERS['eventSecret'], json_encode( $answer ) );
		$this->assertStringNotContainsString( self::MEMBERS['eventSecret'], json_encode( $GLOBALS['refledger_options']['refledger_settings'] ) );
	}

	public function bad_keys(): array {
		return array(
			'half a key'             => array( substr( ConnectionKey::encode( self::MEMBERS ), 0, -1 ) ),
			'no key'                 => array( 'hello' ),
			'a server without https' => array( ConnectionKey::encode( array( 'server' => 'http://partners.example' ) + self::MEMBERS ) ),
		);
	}

	/**
	 * @dataProvider bad_keys
	 */
	public function test_a_key_that_cannot_be_used_changes_nothing_and_is_not_repeated( string $key ): void {
		$before = $GLOBALS['refledger_options'];
		$error  = self::put( $key );
		$this->assertInstanceOf( WP_Error::class, $error );
		$this->assertSame( array( 'status' => 400 ), $error->told[2] );
		$this->assertStringNotContainsString( $key, $error->told[1] );
		$this->assertSame( $before, $GLOBALS['refledger_options'] );
	}

	public function test_it_takes_somebody_who_may_manage_the_shop(): void {
		$GLOBALS['refledger_capabilities'] = array( 'edit_shop_orders' );
		$this->assertFalse( ConnectionRoute::may_connect() );
		$GLOBALS['refledger_capabilities'] = array( 'manage_woocommerce' );
		$this->assertTrue( ConnectionRoute::may_connect() );
	}
}
