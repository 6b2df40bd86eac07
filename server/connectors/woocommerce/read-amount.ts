import { exponentOf } from '../../shared/currencies.ts';
import { parseMinorUnits } from '../../shared/minor-units.ts';
import { invalidBody } from './check-shape.ts';

/** Reads an amount of a body in minor units; `path` is its place there, for the refusal. */
export type AmountReader = (amount: string, path: string) => bigint;

/**
 * Reads amounts of one order in its currency (S1; woocommerce.md 7).
 * @throws DomainError invalid-input for an unknown currency, and for digits that the currency cannot hold.
 */
export function amountReader(currency: string): AmountReader {
  return (amount, path) => {
    try {
      return parseMinorUnits(amount, currency);
    } catch {
      throw invalidBody([{ path, message: describeProblem(currency) }]);
    }
  };
}

function describeProblem(currency: string): string {
  try {
    return `has more decimals than ${currency} (${exponentOf(currency)})`;
  } catch {
    return `is in ${currency}, which is not a currency of ISO 4217`;
  }
}
