/**
 * Digits after the decimal point per ISO 4217 code, where they are not two (S1).
 * Source: ISO 4217 list one, column "minor unit".
 */
const EXPONENTS: Readonly<Record<string, number>> = {
  BIF: 0, CLP: 0, DJF: 0, GNF: 0, ISK: 0, JPY: 0, KMF: 0, KRW: 0, PYG: 0, RWF: 0, UGX: 0, UYI: 0, VND: 0,
  VUV: 0, XAF: 0, XOF: 0, XPF: 0,
  // No currency is involved: a lead without an amount.
  XXX: 0,
  BHD: 3, IQD: 3, JOD: 3, KWD: 3, LYD: 3, OMR: 3, TND: 3,
  CLF: 4, UYW: 4,
}; // prettier-ignore

const KNOWN = new Set(Intl.supportedValuesOf('currency'));

/** True for a three-letter code that ISO 4217 lists, as far as the runtime or the table above knows. */
export function isCurrency(code: string): boolean {
  return KNOWN.has(code) || code in EXPONENTS;
}

/**
 * The number of decimals of a currency: JPY 0, EUR 2, KWD 3.
 * @throws RangeError for a code that ISO 4217 does not list.
 */
export function exponentOf(currency: string): number {
  if (!isCurrency(currency)) throw new RangeError(`"${currency}" is not an ISO 4217 currency code`);
  return EXPONENTS[currency] ?? 2;
}
