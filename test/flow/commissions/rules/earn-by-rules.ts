import { computeCommission } from '../../../../server/flow/commissions/index.ts';
import { formatMinorUnits } from '../../../../server/shared/minor-units.ts';
import type { CommissionRuleSpec } from '../../../../server/shared/program-rules.ts';
import { anOrder } from '../../../support/an-order.ts';
import { rules } from '../../../support/receipts.ts';

/** A sale of Anna's. */
export const sale = { affiliateId: 'anna', groupId: null, ownCodes: [] };

type Builder = ReturnType<typeof anOrder>;

/** Three of tea for 10.00 each, and a cup for 4.00. */
export const two = anOrder()
  .line({ price: '10.00', quantity: 3, productId: 'tea' })
  .line({ price: '4.00', productId: 'cup' });

/** The same with money or units of some lines given back. */
export const back = (lines: Record<string, { net: string; quantity?: number }>) => two.refund({ lines });

export function compute(order: Builder, ...specs: CommissionRuleSpec[]) {
  return computeCommission(order.build(), sale, rules(specs));
}

/** What the order earns, in the decimals of its currency. */
export function earns(order: Builder, ...specs: CommissionRuleSpec[]): string {
  return formatMinorUnits(compute(order, ...specs).target, order.build().currency);
}
