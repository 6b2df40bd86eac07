/** A sale or a lead as `POST /collect/v1/conversions` takes it; the amount in minor units (4990 is 49.90 EUR). */
export interface Conversion {
  kind: 'sale' | 'lead';
  externalId: string;
  amount?: { amount: number; currency: string };
  code?: string;
}

const CODE = /^[\w-]{1,64}$/;
const LONGEST_ID = 255;

/**
 * Reads what a page says of a sale or a lead.
 * @throws TypeError that says what to write instead
 */
export function readConversion(kind: Conversion['kind'], facts: unknown): Conversion {
  const { externalId, amount, code } = (facts ?? {}) as Record<string, unknown>;
  const id = typeof externalId === 'number' ? String(externalId) : externalId;
  if (typeof id !== 'string' || id === '' || id.length > LONGEST_ID) {
    throw new TypeError("externalId is missing: give the number of the order, e.g. externalId: '1001'");
  }
  if (code !== undefined && !(typeof code === 'string' && CODE.test(code))) {
    throw new TypeError('code is not an affiliate code: letters, digits, _ and -, at most 64');
  }
  if (kind === 'sale' || amount !== undefined) {
    return { kind, externalId: id, amount: readAmount(amount), ...(code === undefined ? {} : { code }) };
  }
  return { kind, externalId: id, ...(code === undefined ? {} : { code }) };
}

function readAmount(amount: unknown): { amount: number; currency: string } {
  const { amount: units, currency } = (amount ?? {}) as Record<string, unknown>;
  if (typeof units !== 'number' || !Number.isSafeInteger(units) || units < 0) {
    const example = "amount: { amount: 4990, currency: 'EUR' } is 49.90 EUR";
    throw new TypeError(`amount is a whole number of the currency's smallest unit: ${example}`);
  }
  if (typeof currency !== 'string' || !/^[A-Z]{3}$/.test(currency)) {
    throw new TypeError("currency is missing: three capital letters, e.g. currency: 'EUR'");
  }
  return { amount: units, currency };
}
