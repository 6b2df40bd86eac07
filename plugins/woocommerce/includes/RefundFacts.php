<?php
/**
 * Refunds of an order.
 *
 * @package Refledger
 */

namespace Refledger;

defined( 'ABSPATH' ) || exit;

/**
 * What was given back, as the server takes it (S6).
 */
final class RefundFacts {

	/**
	 * The refunds with their lines, oldest first. Amount-only ones, "refund the rest" and a status set by hand have
	 * no lines: their amount is spread by the server over what is left (S6).
	 *
	 * @param array<int, array<string, mixed>> $items  The refunds.
	 * @param int                              $digits Decimals of the currency.
	 * @return array<int, array<string, mixed>>
	 */
	public static function read( array $items, int $digits ): array {
		$refunds = array();
		foreach ( $items as $item ) {
			$shipping  = $item['shipping_lines'] ?? array();
			$tax       = Amounts::not_below_zero( Decimal::negate( Amounts::sum( $shipping, 'total_tax', $digits ) ), $digits );
			$net       = Amounts::not_below_zero( Decimal::negate( Amounts::sum( $shipping, 'total', $digits ) ), $digits );
			$refunds[] = array(
				'id'          => (string) $item['id'],
				'createdAt'   => EventTime::of_gmt( $item['date_created_gmt'] ),
				'amount'      => Amounts::not_below_zero( Decimal::round( (string) $item['amount'], $digits ), $digits ),
				'lines'       => array_merge(
					self::lines( $item['line_items'] ?? array(), $digits ),
					self::lines( $item['fee_lines'] ?? array(), $digits )
				),
				'shipping'    => Decimal::sum( array( $net, $tax ), $digits ),
				'shippingTax' => $tax,
			);
		}
		usort(
			$refunds,
			static function ( array $a, array $b ): int {
				return array( $a['createdAt'], (int) $a['id'] ) <=> array( $b['createdAt'], (int) $b['id'] );
			}
		);
		return $refunds;
	}

	/**
	 * Lines of a refund, which WooCommerce writes below zero. One that does not say what it refunds, or that takes
	 * instead of giving, counts by the refund's amount alone.
	 *
	 * @param array<int, array<string, mixed>> $items  The refund's lines or fees.
	 * @param int                              $digits Decimals of the currency.
	 * @return array<int, array<string, mixed>>
	 */
	private static function lines( array $items, int $digits ): array {
		$lines = array();
		foreach ( $items as $item ) {
			$line_id = MetaData::read( $item )['_refunded_item_id'] ?? '';
			$total   = Decimal::negate( Decimal::round( (string) $item['total'], $digits ) );
			$tax     = Decimal::negate( Decimal::round( (string) $item['total_tax'], $digits ) );
			if ( '' !== $line_id && ! Decimal::is_negative( $total ) && ! Decimal::is_negative( $tax ) ) {
				$lines[] = array(
					'lineId'   => $line_id,
					'quantity' => abs( $item['quantity'] ?? 0 ),
					'total'    => $total,
					'totalTax' => $tax,
				);
			}
		}
		return $lines;
	}
}
