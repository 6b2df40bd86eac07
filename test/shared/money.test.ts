import { expect } from 'chai';
import fc from 'fast-check';
import { allocate, divideRounded, sum } from '../../server/shared/money.ts';
import { applyRate, formatRate } from '../../server/shared/rates.ts';
import { formatMinorUnits, parseMinorUnits } from '../../server/shared/minor-units.ts';

describe('S1 numbers', () => {
  describe('a rate of an amount', () => {
    const table: [rate: number, amount: string, currency: string, is: string][] = [
      [125_000, '19.99', 'EUR', '2.50'],
      [25_000, '1.00', 'EUR', '0.03'],
      [25_000, '-1.00', 'EUR', '-0.03'],
      [88_750, '100.00', 'USD', '8.88'],
      [100_000, '1505', 'JPY', '151'],
      [75_000, '10.005', 'KWD', '0.750'],
      [1_000_000, '0.01', 'EUR', '0.01'],
      [1, '0.01', 'EUR', '0.00'],
    ];
    for (const [ratePpm, amount, currency, is] of table) {
      it(`${formatRate(ratePpm)} of ${amount} ${currency} is ${is}`, () => {
        const earned = applyRate(parseMinorUnits(amount, currency), ratePpm);
        expect(formatMinorUnits(earned, currency)).to.equal(is);
      });
    }
  });

  it('rounds halves away from zero, whatever the signs', () => {
    expect(
      [
        [5n, 2n],
        [-5n, 2n],
        [5n, -2n],
        [-5n, -2n],
        [4n, 3n],
        [-4n, 3n],
      ].map(([a = 0n, b = 1n]) => divideRounded(a, b)),
    ).to.deep.equal([3n, -3n, -3n, 3n, 1n, -1n]);
  });

  it('is never further than half a unit from the exact quotient', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n }),
        fc.bigInt({ min: 1n, max: 10n ** 9n }),
        (a, b) => {
          const error = divideRounded(a, b) * b - a;
          return 2n * (error < 0n ? -error : error) <= b;
        },
      ),
    );
  });

  describe('a split by weights', () => {
    it('gives the odd cents to the largest remainders', () => {
      expect(allocate(100n, [1n, 1n, 1n])).to.deep.equal([34n, 33n, 33n]);
      expect(allocate(-100n, [1n, 1n, 1n])).to.deep.equal([-34n, -33n, -33n]);
      expect(allocate(675n, [5997n, 750n])).to.deep.equal([600n, 75n]);
    });

    it('always adds up to the whole, and no part is further than one unit from its share', () => {
      const weights = fc.array(fc.bigInt({ min: 0n, max: 10n ** 9n }), { minLength: 1, maxLength: 20 });
      fc.assert(
        fc.property(fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }), weights, (total, parts) => {
          const split = allocate(total, parts);
          const whole = sum(parts);
          const fair = split.every((part, index) => {
            if (whole === 0n) return true;
            const distance = part * whole - total * (parts[index] ?? 0n);
            return (distance < 0n ? -distance : distance) < whole;
          });
          return sum(split) === total && fair;
        }),
      );
    });
  });

  describe("a platform's decimal string", () => {
    it('is read exactly in currencies with 0, 2 and 3 decimals', () => {
      expect(parseMinorUnits('600.00', 'JPY')).to.equal(600n);
      expect(parseMinorUnits('7.3', 'EUR')).to.equal(730n);
      expect(parseMinorUnits('1.234', 'KWD')).to.equal(1234n);
      expect(parseMinorUnits('-5', 'EUR')).to.equal(-500n);
    });

    it('is refused when the currency cannot hold it, or when it is not a plain decimal', () => {
      for (const text of ['19.999', '1e3', '', '1,50', 'abc', '0x10', ' - 1', '--1', 'NaN', '9'.repeat(30)]) {
        expect(() => parseMinorUnits(text, 'EUR'), text).to.throw(RangeError);
      }
      expect(() => parseMinorUnits('1.5', 'JPY')).to.throw(RangeError, 'more decimals than JPY');
      expect(() => parseMinorUnits('1', 'XYZ')).to.throw(RangeError, 'not an ISO 4217');
    });

    it('survives the way there and back', () => {
      for (const currency of ['JPY', 'EUR', 'KWD']) {
        fc.assert(
          fc.property(
            fc.bigInt({ min: -(10n ** 14n), max: 10n ** 14n }),
            (amount) => parseMinorUnits(formatMinorUnits(amount, currency), currency) === amount,
          ),
        );
      }
    });
  });
});
