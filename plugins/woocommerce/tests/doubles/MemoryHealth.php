<?php

use Refledger\Health;

/** Health without WordPress's options. */
final class MemoryHealth extends Health {

	/** @var array<string, mixed> */
	public $kept = array();

	public function read(): array {
		return $this->kept + self::NOTHING;
	}

	public function succeeded( int $now ): void {
		$this->kept = array( 'last_success' => $now, 'paused' => false ) + $this->kept;
	}

	public function failed( int $now, string $words, bool $paused = false ): void {
		$this->kept = array( 'last_failure' => $now, 'failure' => $words, 'paused' => $paused ) + $this->kept;
	}

	public function counted( array $counts ): void {
		$this->kept = $counts + $this->kept;
	}

	public function knocked( int $now ): void {
		$this->kept = array( 'knocked' => $now ) + $this->kept;
	}
}
