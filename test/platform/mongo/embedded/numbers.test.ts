import { Decimal128, Double, Int32, MaxKey, MinKey } from 'bson';
import { expect } from 'chai';
import fc from 'fast-check';
import { add, divide, multiply } from '../../../../server/platform/mongo/embedded/values/numbers.ts';
import { orderKey } from '../../../../server/platform/mongo/embedded/values/order-key.ts';
import type { Numeric, Value } from '../../../../server/platform/mongo/embedded/values/value.ts';
import { NumericSum } from '../../../../server/platform/mongo/embedded/values/numbers.ts';

const decimal = (text: string): Decimal128 => Decimal128.fromString(text);
const int = (value: number): Int32 => new Int32(value);
const double = (value: number): Double => new Double(value);

describe('Arithmetic in the embedded store', () => {
  const sums: [string, Numeric, Numeric, Numeric][] = [
    ['int32 stays int32', int(2), int(3), int(5)],
    ['int32 that overflows becomes int64', int(2_147_483_647), int(1), 2_147_483_648n],
    ['int32 and int64 make int64', int(1), 1n, 2n],
    ['int64 keeps every digit', 9_007_199_254_740_993n, 1n, 9_007_199_254_740_994n],
    ['a double makes a double', int(1), double(0.5), double(1.5)],
    ['decimals are exact', decimal('0.1'), decimal('0.2'), decimal('0.3')],
    ['decimals keep their exponent', decimal('1.10'), decimal('0.90'), decimal('2.00')],
    ['a decimal and an int32 make a decimal', decimal('0.05'), int(1), decimal('1.05')],
  ];
  for (const [label, a, b, expected] of sums) {
    it(`adds: ${label}`, () => expect(shown(add(a, b))).to.equal(shown(expected)));
  }

  it('fails when int64 overflows', () => {
    expect(() => add(9_223_372_036_854_775_807n, 1n)).to.throw('64-bit');
  });

  it('multiplies decimals exactly and rounds to 34 digits, half to even', () => {
    expect(shown(multiply(decimal('1.5'), decimal('1.5')))).to.equal('Decimal128 2.25');
    const long = multiply(decimal('1000000000000000000000000000000005'), decimal('1.5'));
    expect(shown(long)).to.equal('Decimal128 1500000000000000000000000000000008');
  });

  it('divides decimals to 34 digits, and exactly where it can', () => {
    expect(shown(divide(decimal('10.0'), int(4)))).to.equal('Decimal128 2.5');
    expect(shown(divide(decimal('1'), int(3)))).to.equal('Decimal128 0.3333333333333333333333333333333333');
    expect(shown(divide(int(1), int(4)))).to.equal('Double 0.25');
  });

  it('sums doubles without the error of adding one by one', () => {
    const sum = new NumericSum();
    for (const value of [1e16, 1, -1e16]) sum.add(double(value));
    expect(shown(sum.total())).to.equal('Double 1');
  });
});

describe('The order of values in the embedded store', () => {
  it('is that of numbers, whatever their types', () => {
    const number = fc.oneof(fc.integer({ min: -1000, max: 1000 }), fc.double({ noNaN: true }));
    const asAnyType = (value: number): Value[] => [
      double(value),
      ...(Number.isSafeInteger(value) ? [BigInt(value)] : []),
      ...(Number.isInteger(value) && Math.abs(value) < 2 ** 31
        ? [int(value), decimal(`${value + 0}.00`)]
        : []),
    ];
    fc.assert(
      fc.property(number, number, (a, b) => {
        for (const left of asAnyType(a)) {
          for (const right of asAnyType(b)) expect(order(left, right)).to.equal(a < b ? -1 : a > b ? 1 : 0);
        }
      }),
      { numRuns: 500, seed: 3 },
    );
  });

  it('is that of UTF-8 bytes for strings', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (a, b) => {
        expect(order(a, b)).to.equal(Math.sign(Buffer.compare(Buffer.from(a), Buffer.from(b))));
      }),
      { numRuns: 500, seed: 4 },
    );
  });

  it('tells a decimal from the double that only looks the same', () => {
    expect(order(decimal('0.1'), double(0.1))).to.equal(-1);
    expect(order(decimal('0.5'), double(0.5))).to.equal(0);
  });

  it('sorts types as MongoDB does', () => {
    const sorted: Value[] = [new MinKey(), null, double(NaN), double(-Infinity), int(-2), int(-1), int(0), 1n, decimal('1.5'), double(Infinity), '', 'a', 'a\0', 'b', new Map([['a', int(1)]]), new Map([['b', int(0)]]), [], [int(1)], [int(1), int(0)], false, true, new Date(-1), new Date(0), new MaxKey()]; // prettier-ignore
    const keys = sorted.map(orderKey);
    expect([...keys].sort((a, b) => (a < b ? -1 : 1))).to.deep.equal(keys);
  });
});

function order(a: Value, b: Value): number {
  const [left, right] = [orderKey(a), orderKey(b)];
  return left === right ? 0 : left < right ? -1 : 1;
}

function shown(value: Numeric): string {
  return typeof value === 'bigint' ? `int64 ${value}` : `${value.constructor.name} ${value.toString()}`;
}
