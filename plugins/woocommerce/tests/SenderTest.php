<?php

use PHPUnit\Framework\TestCase;
use Refledger\Answer;
use Refledger\Outbox;
use Refledger\OutboxRow;
use Refledger\Sender;

require_once __DIR__ . '/doubles/MemoryOutbox.php';
require_once __DIR__ . '/doubles/MemoryHealth.php';
require_once __DIR__ . '/doubles/Orders.php';
require_once __DIR__ . '/doubles/ScriptedServer.php';

/** Orders have changed, and the minute's job runs. */
final class SenderTest extends TestCase {

	/** @var MemoryOutbox */
	private $outbox;

	/** @var Orders */
	private $orders;

	/** @var MemoryHealth */
	private $health;

	/** @var int */
	private $now = 1764000000;

	protected function setUp(): void {
		$this->outbox         = new MemoryOutbox();
		$this->orders         = new Orders();
		$this->health         = new MemoryHealth();
		$this->health->kept   = array( 'knocked' => $this->now );
	}

	private function change( int ...$order_ids ): void {
		foreach ( $order_ids as $order_id ) {
			$this->outbox->note( $order_id, $this->now );
		}
		$this->now += Outbox::SETTLE;
	}

	private function run_against( ScriptedServer $server ): ScriptedServer {
		$clock = function (): int {
			return $this->now;
		};
		( new Sender( $this->outbox, $this->orders, $server, $this->health ) )->run( $clock );
		return $server;
	}

	/** Order ids of each batch. */
	private static function sent( ScriptedServer $server ): array {
		$ids = static function ( array $events ): array {
			return array_map(
				static function ( array $event ): int {
					return (int) ( $event['order']['id'] ?? $event['orderId'] );
				},
				$events
			);
		};
		return array_map( $ids, $server->batches );
	}

	public function test_sends_what_changed_once_and_remembers_the_success(): void {
		$this->change( 1, 2, 1 );
		$server = $this->run_against( new ScriptedServer() );
		$this->assertSame( array( array( 1, 2 ) ), self::sent( $server ) );
		$this->assertSame( $this->now, $this->health->kept['last_success'] );
		$this->assertSame( array(), $this->run_against( new ScriptedServer() )->batches );
	}

	public function test_leaves_alone_what_a_request_may_still_be_changing(): void {
		$this->outbox->note( 1, $this->now );
		$this->assertSame( array(), $this->run_against( new ScriptedServer() )->batches );
	}

	public function test_a_change_after_the_order_was_read_is_told_too_and_a_higher_sequence_tells_which_is_newer(): void {
		$this->change( 1 );
		$server = new ScriptedServer(
			function (): ?Answer {
				$this->orders->texts[1] = 'paid';
				$this->outbox->note( 1, $this->now );
				return null;
			}
		);
		$this->run_against( $server );
		$this->now += Outbox::SETTLE;
		$second = $this->run_against( new ScriptedServer() );
		$this->assertSame( 'paid', $second->batches[0][0]['order']['text'] );
		$this->assertGreaterThan( $server->batches[0][0]['sequence'], $second->batches[0][0]['sequence'] );
	}

	public function test_says_nothing_twice_but_tells_that_it_is_again_as_it_was(): void {
		$told = array();
		foreach ( array( 'A', 'A', 'B', 'A' ) as $text ) {
			$this->orders->texts[1] = $text;
			$this->change( 1 );
			foreach ( $this->run_against( new ScriptedServer() )->batches as $batch ) {
				$told[] = $batch[0]['order']['text'];
			}
		}
		$this->assertSame( array( 'A', 'B', 'A' ), $told );
	}

	public function test_a_draft_is_not_told_and_an_order_that_is_gone_is_told_as_removed(): void {
		$this->orders->texts = array( 1 => 'draft', 2 => 'gone' );
		$this->change( 1, 2 );
		$server = $this->run_against( new ScriptedServer() );
		$this->assertCount( 1, $server->batches[0] );
		$this->assertSame( 'order.removed', $server->batches[0][0]['type'] );
	}

	public function test_an_order_that_cannot_be_read_waits_and_keeps_nobody_back(): void {
		$this->orders->texts = array( 1 => 'unreadable' );
		$this->change( 1, 2 );
		$this->assertSame( array( array( 2 ) ), self::sent( $this->run_against( new ScriptedServer() ) ) );
		$this->assertSame( array( 1 => 'pending', 2 => 'sent' ), $this->outbox->statuses() );
		$this->assertSame( 'The order could not be read.', $this->outbox->rows[1]['last_error'] );
	}

	public function test_only_what_the_server_refused_is_given_up(): void {
		$this->change( 1, 2, 3 );
		$this->run_against(
			new ScriptedServer(
				static function ( array $events ): Answer {
					return ScriptedServer::take( $events, array( '2' ) );
				}
			)
		);
		$this->assertSame( array( 1 => 'sent', 2 => 'dead', 3 => 'sent' ), $this->outbox->statuses() );
		$this->assertStringContainsString( 'send a decimal string', $this->outbox->rows[2]['last_error'] );
		$this->assertSame( 1, $this->health->kept['dead'] );
	}

	public function test_a_batch_that_cannot_be_taken_is_halved_until_the_one_bad_event_is_found(): void {
		$this->change( 1, 2, 3, 4, 5 );
		$server = $this->run_against(
			new ScriptedServer(
				static function ( array $events ): ?Answer {
					return in_array( '4', array_column( array_column( $events, 'order' ), 'id' ), true ) ? ScriptedServer::status( 413 ) : null;
				}
			)
		);
		$this->assertSame( array( array( 1, 2, 3, 4, 5 ), array( 1, 2 ), array( 3, 4, 5 ), array( 3 ), array( 4, 5 ), array( 4 ), array( 5 ) ), self::sent( $server ) );
		$this->assertSame( array( 'sent', 'sent', 'sent', 'dead', 'sent' ), array_values( $this->outbox->statuses() ) );
	}

	public function test_an_outage_costs_nothing_but_time_and_the_same_bytes_come_again(): void {
		$this->change( 1 );
		$first = $this->run_against(
			new ScriptedServer(
				static function (): Answer {
					return ScriptedServer::status( 500 );
				}
			)
		);
		$this->assertSame( array( 1 => 'pending' ), $this->outbox->statuses() );
		$this->orders->texts[1] = 'changed meanwhile';
		$this->now             += 59;
		$this->assertSame( array(), $this->run_against( new ScriptedServer() )->batches, 'not before its time' );
		$this->now += 1;
		$second     = $this->run_against( new ScriptedServer() );
		$this->assertSame( $first->batches, $second->batches );
		$this->assertSame( array( 1 => 'sent' ), $this->outbox->statuses() );
	}

	public function test_a_busy_server_is_asked_again_when_it_said(): void {
		$this->change( 1 );
		$this->run_against(
			new ScriptedServer(
				static function (): Answer {
					return ScriptedServer::status( 503, '400' );
				}
			)
		);
		$this->assertSame( $this->now + 400, $this->outbox->rows[1]['next_at'] );
	}

	public function test_after_the_last_wait_it_is_left_to_a_person(): void {
		$this->change( 1 );
		for ( $attempt = 1; $attempt <= 7; $attempt++ ) {
			$this->assertSame( array( 1 => 'pending' ), $this->outbox->statuses(), "before attempt $attempt" );
			$this->now += 90000;
			$this->run_against(
				new ScriptedServer(
					static function (): Answer {
						return ScriptedServer::status( 0 );
					}
				)
			);
		}
		$this->assertSame( array( 1 => 'dead' ), $this->outbox->statuses() );
	}

	public function test_an_event_without_a_result_was_not_taken(): void {
		$this->change( 1, 2 );
		$this->run_against(
			new ScriptedServer(
				static function ( array $events ): Answer {
					return ScriptedServer::take( array_slice( $events, 0, 1 ) );
				}
			)
		);
		$this->assertSame( array( 1 => 'sent', 2 => 'pending' ), $this->outbox->statuses() );
	}

	public function refusals(): array {
		return array( 'signature' => array( 401 ), 'forbidden' => array( 403 ), 'disconnected' => array( 410 ) );
	}

	/** @dataProvider refusals */
	public function test_a_shop_that_is_refused_pauses_loses_nothing_and_goes_on_by_itself( int $status ): void {
		$this->change( 1, 2 );
		$refuse = static function () use ( $status ): Answer {
			return ScriptedServer::status( $status );
		};
		$this->run_against( new ScriptedServer( $refuse ) );
		$this->assertTrue( $this->health->kept['paused'] );
		$this->assertSame( array( 0, 0 ), array_column( $this->outbox->rows, 'attempts' ), 'a refusal is no failed attempt' );
		$this->assertSame( array( 0, 0 ), array_column( $this->outbox->rows, 'locked_until' ), 'and what was claimed is free again' );
		$this->assertCount( 0, $this->run_against( new ScriptedServer( $refuse ) )->batches, 'and is not asked for again' );
		$this->now += Sender::KNOCK_EVERY;
		$server     = $this->run_against( new ScriptedServer() );
		$this->assertSame( 1, $server->knocks );
		$this->assertSame( array( array( 1, 2 ) ), self::sent( $server ) );
		$this->assertFalse( $this->health->kept['paused'] );
	}

	public function test_more_than_fifty_go_in_batches_and_a_long_batch_in_parts(): void {
		$this->change( ...range( 1, 120 ) );
		$this->assertSame( array( 50, 50, 20 ), array_map( 'count', $this->run_against( new ScriptedServer() )->batches ) );
		$this->orders->texts = array( 201 => str_repeat( 'x', 600000 ), 202 => str_repeat( 'y', 600000 ) );
		$this->change( 201, 202 );
		$this->assertSame( array( array( 201 ), array( 202 ) ), self::sent( $this->run_against( new ScriptedServer() ) ) );
	}

	public function test_a_sender_that_was_killed_is_taken_over_after_its_lease(): void {
		$this->change( 1 );
		$this->outbox->claim( $this->now );
		$this->assertSame( array(), $this->run_against( new ScriptedServer() )->batches );
		$this->now += Outbox::LEASE;
		$this->assertSame( array( array( 1 ) ), self::sent( $this->run_against( new ScriptedServer() ) ) );
	}

	public function test_a_coupon_with_an_orders_number_is_another_thing(): void {
		$this->outbox->note( 5, $this->now, OutboxRow::COUPON );
		$this->change( 5 );
		$this->assertCount( 2, $this->outbox->rows );
		$this->assertSame( array( array( 5, 5 ) ), self::sent( $this->run_against( new ScriptedServer() ) ) );
		$this->assertSame( array( 1 => 'sent', 2 => 'sent' ), $this->outbox->statuses() );
	}

	public function test_a_server_that_does_not_know_coupons_yet_alarms_nobody(): void {
		$this->outbox->note( 5, $this->now, OutboxRow::COUPON );
		$this->change( 6 );
		$this->run_against(
			new ScriptedServer(
				static function ( array $events ): Answer {
					return ScriptedServer::take( $events, array( '5', '6' ) );
				}
			)
		 );
		$this->assertSame( array( 1 => 'dropped', 2 => 'dead' ), $this->outbox->statuses() );
	}

	public function test_a_quiet_shop_says_once_an_hour_that_it_is_there(): void {
		$this->now += Sender::KNOCK_EVERY;
		$server     = new ScriptedServer();
		$this->run_against( $server );
		$this->now += 60;
		$this->run_against( $server );
		$this->assertSame( 1, $server->knocks );
	}
}
