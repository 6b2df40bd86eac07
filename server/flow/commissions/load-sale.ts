import type { ProgramRulesVersion } from '../../shared/program-rules.ts';
import type { Attribution, AttributionStore } from '../attribution/index.ts';
import type { Order, OrderStore } from '../ingest/index.ts';
import type { CreditedSale } from './posting/credited-sale.ts';
import { describeCreditedSale } from './posting/describe-credited-sale.ts';

export interface LoadSaleDeps {
  orders: OrderStore;
  attributions: AttributionStore;
  /** The rule version of a programme that held at a moment. */
  rulesAt(merchantId: string, programId: string, at: Date): Promise<ProgramRulesVersion | undefined>;
}

/** An order with the decision that holds for it. */
export interface LoadedSale {
  order: Order;
  attribution: Attribution;
  sale: CreditedSale;
}

/** What posting for an order needs; undefined while it was not decided. */
export async function loadSale(
  { orders, attributions, rulesAt }: LoadSaleDeps,
  merchantId: string,
  orderId: string,
): Promise<LoadedSale | undefined> {
  const attribution = await attributions.byOrder(merchantId, orderId);
  const order = await orders.byId(merchantId, orderId);
  const decision = attribution?.decisions.at(-1);
  if (!order || !attribution || !decision) return undefined;
  const { winner, input } = decision;
  const rules = winner && (await rulesAt(merchantId, winner.programId, input.placedAt));
  return { order, attribution, sale: describeCreditedSale(decision, rules ?? null) };
}
