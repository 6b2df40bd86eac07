<?php

use PHPUnit\Framework\TestCase;
use Refledger\ConnectionKey;

/** A store owner copies a key from Refledger and pastes it into the shop. */
final class ConnectionKeyTest extends TestCase {

	const MEMBERS = array(
		'server'      => 'https://partners.example',
		'storeId'     => 'store-1',
		'storeKey'    => 'public-key',
		'eventSecret' => 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
	);

	public function test_takes_what_was_made(): void {
		$read = ConnectionKey::parse( ConnectionKey::encode( self::MEMBERS ) );
		$this->assertSame( 'https://partners.example', $read['server'] );
		$this->assertSame( 'store-1', $read['store_id'] );
		$this->assertSame( 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', $read['secret'] );
		$this->assertSame( '', $read['buyer_key'] );
	}

	public function test_the_server_makes_the_same_key(): void {
		foreach ( refledger_vectors( 'connection-keys' )['keys'] as $vector ) {
			$this->assertSame( $vector['key'], ConnectionKey::encode( $vector['members'] ) );
			$this->assertSame( $vector['members']['storeId'], ConnectionKey::parse( $vector['key'] )['store_id'] );
		}
	}

	public function test_white_space_of_an_email_does_no_harm(): void {
		$key = ConnectionKey::encode( self::MEMBERS );
		$this->assertSame( 'store-1', ConnectionKey::parse( '  ' . chunk_split( $key, 40, "\r\n" ) )['store_id'] );
	}

	public function mistakes(): array {
		$key = ConnectionKey::encode( self::MEMBERS );
		return array(
			'nothing'              => array( '', 'starts with "rflk1."' ),
			'another kind of key'  => array( 'ck_1234567890', 'starts with "rflk1."' ),
			'the half of it'       => array( substr( $key, 0, 60 ), 'Copy it again' ),
			'a wrong letter'       => array( substr_replace( $key, 'a' === $key[20] ? 'b' : 'a', 20, 1 ), 'missing or changed' ),
			'without its end'      => array( substr( $key, 0, -1 ), 'missing or changed' ),
			'a member is missing'  => array( ConnectionKey::encode( array( 'server' => 'https://a.example' ) ), 'update the plugin' ),
			'a server by http'     => array( ConnectionKey::encode( array( 'server' => 'http://a.example' ) + self::MEMBERS ), 'https' ),
			'a server with a user' => array( ConnectionKey::encode( array( 'server' => 'https://a@b.example' ) + self::MEMBERS ), 'https' ),
			'no usable secret'     => array( ConnectionKey::encode( array( 'eventSecret' => 'hunter2' ) + self::MEMBERS ), 'signing secret' ),
			'a short buyer key'    => array( ConnectionKey::encode( self::MEMBERS + array( 'buyerKey' => 'YQ==' ) ), 'buyer key' ),
		);
	}

	/** @dataProvider mistakes */
	public function test_says_what_to_do_and_repeats_nothing( string $pasted, string $words ): void {
		try {
			ConnectionKey::parse( $pasted );
			$this->fail( 'The key was taken.' );
		} catch ( InvalidArgumentException $error ) {
			$this->assertStringContainsString( $words, $error->getMessage() );
			$this->assertStringNotContainsString( 'hunter2', $error->getMessage() );
			$this->assertTrue( '' === $pasted || false === strpos( $error->getMessage(), $pasted ) );
		}
	}

	public function test_a_developer_may_use_http_on_the_own_machine(): void {
		$key = ConnectionKey::encode( array( 'server' => 'http://127.0.0.1:4747/' ) + self::MEMBERS );
		$this->assertSame( 'http://127.0.0.1:4747', ConnectionKey::parse( $key, true )['server'] );
	}
}
