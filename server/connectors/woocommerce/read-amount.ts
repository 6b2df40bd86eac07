import { isCurrency } from '../../shared/currencies.ts';
import { DomainError } from '../../shared/errors.ts';
import { parseMinorUnits } from '../../shared/minor-units.ts';
import { invalidBody } from '../../platform/http/index.ts';

/** Reads an amount of a body in minor units; `path` is its place there, for the refusal. */
export type AmountReader = (amount: string, path: string) => bigint;

/** The shop shows more decimals than the currency has, so that the order is to be read with `dp`. */
export class ImpreciseAmount extends DomainError {
  constructor(path: string, currency: string) {
    const message = `has more decimals than ${currency}`;
    super('invalid-input', 'An amount is not exact.', 'Read the order with the decimals of its currency.', [
      { path, message },
    ]);
  }
}

/**
 * Reads amounts of one order in its currency (S1; woocommerce.md 7).
 * @throws ImpreciseAmount for digits that the currency cannot hold.
 * @throws DomainError invalid-input for an unknown currency.
 */
export function amountReader(currency: string): AmountReader {
  return (amount, path) => {
    if (!isCurrency(currency)) {
      const message = `is in ${currency}, which is not a currency of ISO 4217`;
      throw invalidBody([{ path, message }]);
    }
    try {
      return parseMinorUnits(amount, currency);
    } catch {
      throw new ImpreciseAmount(path, currency);
    }
  };
}
