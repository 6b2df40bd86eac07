<?php

use PHPUnit\Framework\TestCase;
use Refledger\ShortLink;

/** Somebody follows a short link on the shop's own domain. */
final class ShortLinkTest extends TestCase {

	const SERVER = 'https://partners.example';

	private static function read( string $query ): array {
		parse_str( $query, $given );
		return $given;
	}

	public function followed(): array {
		$long = str_repeat( 'a', 501 );
		return array(
			'a slug leads to the same link of the server'  => array( 'anna', '', '/r/anna' ),
			'typed from paper in capitals'                 => array( 'ANNA-2', '', '/r/anna-2' ),
			'the sub-id is handed on'                      => array( 'anna', 'sub=newsletter-42', '/r/anna?sub=newsletter-42' ),
			'what an ad network added is handed on'        => array( 'anna', 'gclid=x1&sub=blog', '/r/anna?gclid=x1&sub=blog' ),
			'the own variable is not'                      => array( 'anna', 'refledger_link=anna&sub=b', '/r/anna?sub=b' ),
			'values are encoded again'                     => array( 'anna', 'sub=a%26b%0d%0aX', '/r/anna?sub=a%26b%0D%0AX' ),
			'lists are left away'                          => array( 'anna', 'sub[]=a', '/r/anna' ),
			'what is too long is left away'                => array( 'anna', "sub=$long", '/r/anna' ),
		);
	}

	/**
	 * @dataProvider followed
	 */
	public function test_it_leads_to_the_server_and_nowhere_else( string $slug, string $query, string $path ): void {
		$this->assertSame( self::SERVER . $path, ShortLink::target( self::SERVER, $slug, self::read( $query ) ) );
	}

	public function refused(): array {
		return array(
			'nothing'                 => array( '' ),
			'too short'               => array( 'an' ),
			'too long'                => array( str_repeat( 'a', 65 ) ),
			'another host'            => array( '//evil.example' ),
			'another host, encoded'   => array( '%2F%2Fevil.example' ),
			'a way up'                => array( '../../d/1' ),
			'a user and a host'       => array( 'a@evil.example' ),
			'a point'                 => array( 'anna.evil' ),
			'a line break at the end' => array( "anna\n" ),
			'a list'                  => array( array( 'anna' ) ),
		);
	}

	/**
	 * @dataProvider refused
	 */
	public function test_whatever_can_be_no_slug_leads_nowhere( $slug ): void {
		$this->assertNull( ShortLink::target( self::SERVER, $slug, array() ) );
	}

	public function test_a_shop_that_is_not_connected_leads_nowhere(): void {
		$this->assertNull( ShortLink::target( '', 'anna', array() ) );
	}

	public function test_at_most_twenty_parameters_are_handed_on(): void {
		$query = implode( '&', array_map( static fn( $number ) => "p$number=1", range( 1, 50 ) ) );
		$this->assertSame( 20, substr_count( (string) ShortLink::target( self::SERVER, 'anna', self::read( $query ) ), '=1' ) );
	}
}
