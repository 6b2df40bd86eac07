<?php
/**
 * Who is credited for an order.
 *
 * @package Refledger
 */

namespace Refledger;

defined( 'ABSPATH' ) || exit;

/**
 * What the server says about an order: in its words, or why it says nothing. Whatever comes from there is checked here
 * and escaped where it is shown.
 */
final class Credit {

	/** For so many seconds an answer is not asked for again; less than the receipt's link lives. */
	const KEPT_FOR = 300;

	/** An answer that will soon be another one, or a failure. */
	const KEPT_BRIEFLY = 60;

	const MOST_SENTENCES = 30;

	/**
	 * Sentences, the most important first.
	 *
	 * @var string[]
	 */
	public $words;

	/**
	 * Path of the receipts on the server; empty where there are none.
	 *
	 * @var string
	 */
	public $receipt_path;

	/**
	 * Whether this is the last word for now.
	 *
	 * @var bool
	 */
	public $is_settled;

	/**
	 * Takes what it says.
	 *
	 * @param string[] $words        Sentences.
	 * @param string   $receipt_path Path of the receipts.
	 * @param bool     $is_settled   Whether this is the last word for now.
	 */
	private function __construct( array $words, string $receipt_path, bool $is_settled ) {
		$this->words        = $words;
		$this->receipt_path = $receipt_path;
		$this->is_settled   = $is_settled;
	}

	/**
	 * Reads an answer.
	 *
	 * @param int    $status HTTP status; 0 when there was no answer.
	 * @param string $body   The body.
	 */
	public static function read( int $status, string $body ): self {
		$json  = 200 === $status ? json_decode( $body, true ) : null;
		$words = is_array( $json ) && is_array( $json['words'] ?? null ) ? array_filter( $json['words'], 'is_string' ) : array();
		if ( array() === $words ) {
			return new self( array( Words::no_answer( $status ) ), '', false );
		}
		$path    = $json['receiptPath'] ?? '';
		$is_path = is_string( $path ) && 1 === preg_match( '~^/receipts/[A-Za-z0-9._-]{1,1000}$~D', $path );
		$words   = array_slice( array_values( $words ), 0, self::MOST_SENTENCES );
		return new self( $words, $is_path ? $path : '', 'unknown' !== ( $json['state'] ?? '' ) );
	}

	/**
	 * What is kept of it for some minutes.
	 *
	 * @return array{words: string[], receipt_path: string, is_settled: bool}
	 */
	public function keep(): array {
		return array(
			'words'        => $this->words,
			'receipt_path' => $this->receipt_path,
			'is_settled'   => $this->is_settled,
		);
	}

	/**
	 * What was kept; null when it is nothing that was kept here.
	 *
	 * @param mixed $kept What was kept.
	 */
	public static function recall( $kept ): ?self {
		if ( ! is_array( $kept ) || ! is_array( $kept['words'] ?? null ) ) {
			return null;
		}
		$words = array_values( array_filter( $kept['words'], 'is_string' ) );
		return new self( $words, (string) ( $kept['receipt_path'] ?? '' ), (bool) ( $kept['is_settled'] ?? false ) );
	}
}
