<?php

use PHPUnit\Framework\TestCase;
use Refledger\OrderColumn;
use Refledger\PortalLinks;
use Refledger\Settings;

/** A customer opens My Account; staff open the list of orders. */
final class PortalLinksTest extends TestCase {

	const ITEMS = array(
		'orders'          => 'Orders',
		'customer-logout' => 'Log out',
	);

	private static function set( array $settings ): void {
		$connection                   = array(
			'server'   => 'https://partners.example',
			'store_id' => 'store-1',
		);
		$GLOBALS['refledger_options'] = array( Settings::OPTION => $settings + $connection );
	}

	public function test_there_is_no_tab_until_the_shop_switches_it_on(): void {
		self::set( array() );
		$this->assertSame( self::ITEMS, PortalLinks::add_tab( self::ITEMS ) );
		$this->assertSame( 'https://shop.example/x', PortalLinks::lead_tab( 'https://shop.example/x', PortalLinks::TAB ) );
	}

	public function test_there_is_none_in_a_shop_that_is_not_connected(): void {
		self::set( array( 'account_tab' => 'yes', 'server' => '' ) );
		$this->assertSame( self::ITEMS, PortalLinks::add_tab( self::ITEMS ) );
	}

	public function test_it_stands_before_the_way_out_and_leads_to_the_server(): void {
		self::set( array( 'account_tab' => 'yes' ) );
		$this->assertSame( array( 'orders', PortalLinks::TAB, 'customer-logout' ), array_keys( PortalLinks::add_tab( self::ITEMS ) ) );
		$this->assertSame( 'https://partners.example/', PortalLinks::lead_tab( 'https://shop.example/x', PortalLinks::TAB ) );
		$this->assertSame( 'https://shop.example/orders', PortalLinks::lead_tab( 'https://shop.example/orders', 'orders' ) );
	}

	public function test_it_leads_to_the_shops_own_address_of_the_portal_where_there_is_one(): void {
		self::set( array( 'account_tab' => 'yes', 'portal' => 'https://join.example' ) );
		$this->assertSame( 'https://join.example', PortalLinks::lead_tab( '', PortalLinks::TAB ) );
	}

	public function test_the_column_of_orders_stands_before_the_total_and_else_at_the_end(): void {
		$this->assertSame( array( 'order_number', 'refledger', 'order_total' ), array_keys( OrderColumn::add( array( 'order_number' => '', 'order_total' => '' ) ) ) );
		$this->assertSame( array( 'order_number', 'refledger' ), array_keys( OrderColumn::add( array( 'order_number' => '' ) ) ) );
	}
}
