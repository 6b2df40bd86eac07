import { scale, sum } from '../../shared/money.ts';
import type { OrderLine } from '../../shared/order.ts';
import { PPM } from '../../shared/rates.ts';
import type { LineBody } from './line.schema.ts';

/** How far the tax may lie from what its rates make of the price: compound taxes are off by a few per cent. */
const TOLERANCE = 10n;

/**
 * Whether a line's price contains its tax, told from price, tax and tax rates: a refund that comes alone
 * does not say it. Undefined where the line has a tax but no rates to tell by.
 */
export function inferTaxIncluded(body: LineBody, line: OrderLine): boolean | undefined {
  if (line.tax === 0n) return false;
  const rate = sum(body.tax_lines.map((part) => readPpm(part.rate)));
  if (rate === 0n) return undefined;
  const price = line.listed - line.discount;
  const one = BigInt(PPM);
  const offIfOnTop = distance(line.tax, scale(price, rate, one));
  const offIfContained = distance(line.tax, scale(price, rate, one + rate));
  return offIfContained < offIfOnTop && offIfContained * TOLERANCE <= line.tax;
}

function readPpm(rate: string | null | undefined): bigint {
  const ppm = Math.round(parseFloat(rate ?? '0') * PPM);
  return Number.isFinite(ppm) ? BigInt(ppm) : 0n;
}

const distance = (a: bigint, b: bigint): bigint => (a < b ? b - a : a - b);
