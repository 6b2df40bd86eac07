import { exponentOf } from '../../shared/currencies.ts';
import { parseMinorUnits } from '../../shared/minor-units.ts';
import { invalidBody } from '../../platform/http/index.ts';
import type { MoneySet } from './line.schema.ts';

/** Reads an amount of a body; `path` is its place there, for the refusal. */
export type ShopMoneyReader = (scalar: string, set: MoneySet, path: string) => bigint;

/**
 * Reads amounts in the shop's own currency, in its minor units (S1, S4; shopify.md 9): from
 * `shop_money` where the body has it, else from the scalar, which older bodies give in the same currency.
 * @throws DomainError invalid-input for an unknown currency, for an amount in another one, and for digits
 * that the currency cannot hold.
 */
export function shopMoneyReader(currency: string): ShopMoneyReader {
  return (scalar, set, path) => {
    const money = set?.shop_money ?? { amount: scalar, currency_code: currency };
    if (money.currency_code !== currency) {
      throw invalidBody([{ path, message: `is in ${money.currency_code}, not in the shop's ${currency}` }]);
    }
    return readMinorUnits(money.amount, currency, path);
  };
}

/**
 * A decimal string of a body in minor units of its currency.
 * @throws DomainError invalid-input
 */
export function readMinorUnits(amount: string, currency: string, path: string): bigint {
  try {
    return parseMinorUnits(amount, currency);
  } catch {
    throw invalidBody([{ path, message: describeProblem(currency) }]);
  }
}

function describeProblem(currency: string): string {
  try {
    return `has more decimals than ${currency} (${exponentOf(currency)})`;
  } catch {
    return `is in ${currency}, which is not a currency of ISO 4217`;
  }
}
