<?php
/**
 * What a route of WordPress's REST API takes and gives, and what the plugin's routes ask of WordPress.
 *
 * @package Refledger
 */

class WP_REST_Request {

	/** @var array<string, mixed> */
	private $params;

	public function __construct( array $params ) {
		$this->params = $params;
	}

	public function get_param( string $name ) {
		return $this->params[ $name ] ?? null;
	}
}

class WP_REST_Response {

	/** @var mixed */
	public $data;

	/** @var int */
	public $status;

	public function __construct( $data, int $status = 200 ) {
		$this->data   = $data;
		$this->status = $status;
	}
}

class WP_Error {

	/** @var array<int, mixed> */
	public $told;

	public function __construct( ...$told ) {
		$this->told = $told;
	}
}

function nocache_headers(): void {
}

function wp_get_environment_type(): string {
	return 'production';
}

function wp_next_scheduled( string $hook ) {
	return 1;
}

function current_user_can( string $capability ): bool {
	return in_array( $capability, $GLOBALS['refledger_capabilities'], true );
}
