import { DomainError } from '../../shared/errors.ts';
import type { OrderSnapshot } from '../../shared/order.ts';

/** A thousand million million minor units; far below what the database can hold, far above any order. */
const LARGEST = 10n ** 15n;

/**
 * @throws DomainError `invalid-input` when an amount of the order is beyond anything that is sold, because the
 * database would otherwise store another number (int64).
 */
export function refuseAbsurdAmounts({
  lines,
  fees,
  refunds,
}: Pick<OrderSnapshot, 'lines' | 'fees' | 'refunds'>): void {
  const amounts = [
    ...lines.flatMap(({ listed, discount, tax }) => [listed, discount, tax]),
    ...fees.flatMap(({ net, tax }) => [net, tax]),
    ...refunds.flatMap((refund) => [refund.amountOnly, refund.shipping, refund.shippingTax ?? 0n]),
    ...refunds.flatMap((refund) => [...refund.lines, ...refund.fees].flatMap(({ net, tax }) => [net, tax])),
  ];
  if (amounts.every((amount) => amount <= LARGEST && amount >= -LARGEST)) return;
  throw new DomainError(
    'invalid-input',
    'An amount of the order is too large.',
    'Check price and quantity of its lines.',
  );
}
