import { Decimal128, Double, Int32 } from 'bson';
import { decimalResult, divide, finite, fitsInt32, fitsInt64, toBigint } from '../bson/arithmetic.ts';
import type { FiniteDecimal } from '../bson/decimal.ts';
import { addDecimals, decimalOfDouble } from '../bson/decimal.ts';
import type { Numeric } from '../bson/value.ts';
import { notImplemented } from '../errors.ts';

/**
 * A sum of numbers of any types, as `$sum`, `$avg` and `$add` make it: integers exactly, doubles with a
 * second double for what rounding lost, so that the order of adding does not show; the widest type wins.
 */
export class NumericSum {
  #integers = 0n;
  #doubles = 0;
  #lost = 0;
  #plainDoubles = 0;
  #decimals: FiniteDecimal | undefined;
  #widest: 'int' | 'long' | 'double' = 'int';
  #count = 0;

  add(value: Numeric): void {
    this.#count += 1;
    if (value instanceof Decimal128) {
      this.#decimals = addDecimals(this.#decimals ?? { coefficient: 0n, exponent: 0 }, finite(value));
    } else if (value instanceof Double) {
      this.#widest = 'double';
      this.#addDouble(value.value);
    } else {
      if (typeof value === 'bigint' && this.#widest === 'int') this.#widest = 'long';
      this.#integers += toBigint(value);
    }
  }

  get count(): number {
    return this.#count;
  }

  total(): Numeric {
    if (this.#decimals) return decimalResult(addDecimals(this.#decimals, this.#exactRest()));
    if (this.#widest === 'double' || !fitsInt64(this.#integers)) return new Double(this.#asDouble());
    if (this.#widest === 'int' && fitsInt32(this.#integers)) return new Int32(Number(this.#integers));
    return this.#integers;
  }

  /** The mean as double, or Decimal128 when there was one; null of nothing. */
  average(): Numeric | null {
    if (this.#count === 0) return null;
    if (this.#decimals) return divide(this.total(), BigInt(this.#count));
    return new Double(this.#asDouble() / this.#count);
  }

  // Knuth's two-sum: `error` is exactly what the rounding of `sum` lost.
  #addDouble(value: number): void {
    this.#plainDoubles += value;
    const sum = this.#doubles + value;
    const shadow = sum - this.#doubles;
    const error = this.#doubles - (sum - shadow) + (value - shadow);
    this.#doubles = sum;
    this.#lost += error;
  }

  #asDouble(): number {
    if (!Number.isFinite(this.#plainDoubles)) return this.#plainDoubles;
    const rounded = Number(this.#integers);
    const rest = Number(this.#integers - BigInt(rounded));
    const copy = new NumericSum();
    for (const part of [this.#doubles, this.#lost, rounded, rest]) copy.#addDouble(part);
    return copy.#doubles + copy.#lost;
  }

  #exactRest(): FiniteDecimal {
    if (!Number.isFinite(this.#plainDoubles))
      throw notImplemented('Decimal128 arithmetic with NaN or infinity');
    const doubles = addDecimals(decimalOfDouble(this.#doubles), decimalOfDouble(this.#lost));
    return addDecimals(doubles, { coefficient: this.#integers, exponent: 0 });
  }
}
