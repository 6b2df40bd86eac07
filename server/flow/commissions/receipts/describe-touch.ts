import type { ReceiptTouch } from './receipt.ts';

/** How a touch was made: "coupon anna10", "link touch (cookie)". */
export function describeTouch({
  class: touchClass,
  carrier,
}: Pick<ReceiptTouch, 'class' | 'carrier'>): string {
  return carrier.startsWith(touchClass) ? carrier : `${touchClass} touch (${carrier})`;
}
