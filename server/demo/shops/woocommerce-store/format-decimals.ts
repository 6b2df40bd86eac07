/** Members that hold money, wherever in a body they stand. */
const AMOUNTS = new Set([
  'total',
  'total_tax',
  'subtotal',
  'subtotal_tax',
  'cart_tax',
  'shipping_total',
  'shipping_tax',
  'discount_total',
  'discount_tax',
  'amount',
]);
const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?$/;

/** A body with every amount shown with so many decimals, rounded half up: what is stored is not what is read. */
export function formatDecimals(body: unknown, decimals: number): unknown {
  if (Array.isArray(body)) return body.map((item) => formatDecimals(item, decimals));
  if (typeof body !== 'object' || body === null) return body;
  return Object.fromEntries(
    Object.entries(body).map(([name, value]: [string, unknown]) => [
      name,
      typeof value === 'string' && AMOUNTS.has(name)
        ? formatDecimal(value, decimals)
        : formatDecimals(value, decimals),
    ]),
  );
}

function formatDecimal(text: string, decimals: number): string {
  const [, sign = '', whole = '0', fraction = ''] = DECIMAL.exec(text) ?? [];
  const kept = fraction.slice(0, decimals).padEnd(decimals, '0');
  const next = (fraction[decimals] ?? '0') >= '5' ? 1n : 0n;
  const digits = String(BigInt(whole + kept) + next).padStart(decimals + 1, '0');
  const cut = digits.length - decimals;
  return sign + (decimals === 0 ? digits : `${digits.slice(0, cut)}.${digits.slice(cut)}`);
}
