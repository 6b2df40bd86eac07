import type { PlannedOrder, Stage } from '../plan/month-plan.ts';

/** A line as WooCommerce has it: amounts without tax, rewritten when the order is edited. */
export interface WooCommerceLine {
  id: number;
  productId: number;
  title: string;
  quantity: number;
  /** Before discounts. */
  subtotal: bigint;
  /** After discounts. */
  total: bigint;
  totalTax: bigint;
}

/** The lines of an order as they are at a stage. */
export function linesAt({ lines, change }: PlannedOrder, stage: Stage): WooCommerceLine[] {
  const edit = stage === 'changed' && change?.kind === 'edit' ? change : undefined;
  return lines.map(({ id, good, quantity, listed, net, tax }) => {
    const { productId, title } = good;
    if (edit?.lineId !== id)
      return { id, productId, title, quantity, subtotal: listed, total: net, totalTax: tax };
    return {
      id,
      productId,
      title,
      quantity: quantity - edit.removedUnits,
      subtotal: listed - good.price * BigInt(edit.removedUnits),
      total: net - edit.net,
      totalTax: tax - edit.tax,
    };
  });
}

/** The shop's own word for the order's state; a refund in part leaves it as it is. */
export function statusAt({ change }: PlannedOrder, stage: Stage): 'pending' | 'processing' | 'cancelled' {
  if (stage === 'placed') return 'pending';
  return stage === 'changed' && change?.kind === 'cancel' ? 'cancelled' : 'processing';
}
