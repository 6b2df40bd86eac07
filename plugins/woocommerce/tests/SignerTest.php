<?php

use PHPUnit\Framework\TestCase;
use Refledger\Signer;

final class SignerTest extends TestCase {

	public function vectors(): array {
		return array_column( refledger_vectors( 'signatures' )['vectors'], null, 'why' );
	}

	/** @dataProvider vectors */
	public function test_signs_as_the_server_checks( string $why, array $secrets, string $id, int $timestamp, string $body, string $signature ): void {
		$signer = new Signer( ...$secrets );
		$this->assertSame(
			array(
				'webhook-id'        => $id,
				'webhook-timestamp' => (string) $timestamp,
				'webhook-signature' => $signature,
			),
			$signer->headers( $id, $timestamp, $body ),
			$why
		);
	}

	public function unusable_secrets(): array {
		return array(
			'no prefix'     => array( 'MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' ),
			'not base64'    => array( 'whsec_!!!!' ),
			'nothing in it' => array( 'whsec_' ),
			'empty'         => array( '' ),
		);
	}

	/** @dataProvider unusable_secrets */
	public function test_refuses_an_unusable_secret_without_repeating_it( string $secret ): void {
		try {
			new Signer( $secret );
			$this->fail( 'The secret was taken.' );
		} catch ( InvalidArgumentException $error ) {
			$this->assertStringContainsString( 'copy it again', $error->getMessage() );
			$given = substr( $secret, 6 );
			$this->assertFalse( '' !== (string) $given && strpos( $error->getMessage(), $given ) );
		}
	}

	public function test_refuses_to_sign_without_a_secret(): void {
		$this->expectExceptionMessage( 'connect the shop to Refledger first' );
		new Signer();
	}
}
