<?php

use PHPUnit\Framework\TestCase;
use Refledger\Answer;

/** The server, or something that is not the server, answered a batch. */
final class AnswerTest extends TestCase {

	const NOW = 1764000000;

	public function verdicts(): array {
		$results = '{"results":[]}';
		return array(
			'202 with results'             => array( 202, $results, Answer::RESULTS ),
			'200 with a page of the host'  => array( 200, '<html>Welcome</html>', Answer::WAIT ),
			'202 without results'          => array( 202, '{}', Answer::WAIT ),
			'301, which is not followed'   => array( 301, '', Answer::WAIT ),
			'302, which is not a success'  => array( 302, $results, Answer::WAIT ),
			'400, the envelope'            => array( 400, '', Answer::SPLIT ),
			'413, too long'                => array( 413, '', Answer::SPLIT ),
			'422'                          => array( 422, '', Answer::SPLIT ),
			'401, the signature'           => array( 401, '', Answer::PAUSE ),
			'403'                          => array( 403, '', Answer::PAUSE ),
			'410, disconnected'            => array( 410, '', Answer::PAUSE ),
			'404, a server being deployed' => array( 404, '', Answer::WAIT ),
			'408'                          => array( 408, '', Answer::WAIT ),
			'409'                          => array( 409, '', Answer::WAIT ),
			'429'                          => array( 429, '', Answer::WAIT ),
			'500'                          => array( 500, '<h1>Error</h1>', Answer::WAIT ),
			'503'                          => array( 503, '', Answer::WAIT ),
			'no answer'                    => array( 0, 'cURL error 28', Answer::WAIT ),
		);
	}

	/** @dataProvider verdicts */
	public function test_does_what_the_answer_asks_for( int $status, string $body, string $verdict ): void {
		$this->assertSame( $verdict, ( new Answer( $status, $body, '', self::NOW ) )->verdict );
	}

	public function test_reads_each_events_result(): void {
		$answer = new Answer( 202, '{"results":[{"eventId":"a","status":"accepted"},{"eventId":"b","status":"rejected","message":"no"},7,{"eventId":1}]}', '', self::NOW );
		$this->assertSame( array( 'a', 'b' ), array_keys( $answer->results ) );
		$this->assertSame( 'no', $answer->results['b']['reason'] );
	}

	public function test_reads_when_to_come_again(): void {
		$this->assertSame( 30, ( new Answer( 503, '', '30', self::NOW ) )->retry_after );
		$date = gmdate( 'D, d M Y H:i:s', self::NOW + 90 ) . ' GMT';
		$this->assertSame( 90, ( new Answer( 503, '', $date, self::NOW ) )->retry_after );
		$this->assertNull( ( new Answer( 503, '', 'soon-ish', self::NOW ) )->retry_after );
		$this->assertNull( ( new Answer( 503, '', '', self::NOW ) )->retry_after );
	}

	public function test_keeps_of_the_other_sides_words_no_more_than_a_line(): void {
		$answer = new Answer( 400, json_encode( array( 'error' => array( 'message' => "a\n" . str_repeat( 'x', 999 ) ) ) ), '', self::NOW );
		$this->assertSame( 200, strlen( $answer->detail ) );
		$this->assertStringStartsWith( 'a x', $answer->detail );
	}
}
