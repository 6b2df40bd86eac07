import { exponentOf } from '../../shared/currencies.ts';
import type { Delivery } from '../../shared/delivery.ts';
import { ImpreciseAmount } from './read-amount.ts';
import { translateOrderBody } from './translate-order-body.ts';

/** Webhooks are formatted with the shop's decimals, nearly always two, and cannot be asked for more. */
const SHOWN_DECIMALS = 2;

/**
 * The body of an order webhook. Where the shop's formatting may have changed its amounts they are hints only
 * (woocommerce.md 7): a currency of three decimals is stored as provisional; more decimals than the currency
 * has leave nothing but the wish to read the order, because refusing would make WooCommerce give up.
 * @throws DomainError invalid-input when it is not an order
 */
export function translateOrderHook(body: unknown): Delivery {
  try {
    const delivery = translateOrderBody(body);
    if (delivery.kind !== 'order') return delivery;
    const provisional = exponentOf(delivery.snapshot.currency) > SHOWN_DECIMALS;
    return { ...delivery, snapshot: { ...delivery.snapshot, provisional } };
  } catch (error) {
    if (!(error instanceof ImpreciseAmount)) throw error;
    const { id } = body as { id: number };
    return {
      kind: 'read-request',
      orderExternalId: String(id),
      reason: 'amounts are shown with too many decimals',
    };
  }
}
