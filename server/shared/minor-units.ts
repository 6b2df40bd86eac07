import { exponentOf } from './currencies.ts';

const DECIMAL = /^(-?)(\d{1,15})(?:\.(\d{0,12}))?$/;

/**
 * Reads a platform's decimal string ("19.99", "-5", "600.00") as minor units of `currency`.
 * @throws RangeError for anything but a plain decimal, and for digits that the currency cannot hold
 * ("19.999" EUR); trailing zeros ("600.00" JPY) are fine.
 */
export function parseMinorUnits(text: string, currency: string): bigint {
  const match = DECIMAL.exec(text.trim());
  if (!match) throw new RangeError(`"${text.slice(0, 40)}" is not a decimal amount`);
  const [, sign, whole = '0', fraction = ''] = match;
  const exponent = exponentOf(currency);
  if (/[1-9]/.test(fraction.slice(exponent))) {
    throw new RangeError(`"${text.slice(0, 40)}" has more decimals than ${currency} (${exponent})`);
  }
  const magnitude = BigInt(whole + fraction.slice(0, exponent).padEnd(exponent, '0'));
  return sign ? -magnitude : magnitude;
}

/** Minor units as the platforms write them, with a point and no grouping: 1999n EUR -> "19.99". */
export function formatMinorUnits(amount: bigint, currency: string): string {
  const exponent = exponentOf(currency);
  const digits = (amount < 0n ? -amount : amount).toString().padStart(exponent + 1, '0');
  const sign = amount < 0n ? '-' : '';
  if (exponent === 0) return sign + digits;
  return `${sign}${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`;
}

/** An amount for people: 1999n EUR -> "19.99 EUR". */
export function describeMoney(amount: bigint, currency: string): string {
  return `${formatMinorUnits(amount, currency)} ${currency}`;
}
