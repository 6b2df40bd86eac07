import { expect } from 'chai';
import { findMonthBounds } from '../../../server/flow/statements/find-month-bounds.ts';

const bounds: [period: string, timeZone: string, from: string, to: string, what: string][] = [
  ['2026-09', 'UTC', '2026-09-01T00:00:00.000Z', '2026-10-01T00:00:00.000Z', 'UTC'],
  ['2026-03', 'Europe/Prague', '2026-02-28T23:00:00.000Z', '2026-03-31T22:00:00.000Z', 'clocks go forward'],
  ['2026-10', 'Europe/Prague', '2026-09-30T22:00:00.000Z', '2026-10-31T23:00:00.000Z', 'clocks go back'],
  ['2026-11', 'America/New_York', '2026-11-01T04:00:00.000Z', '2026-12-01T05:00:00.000Z', 'west of UTC'],
  ['2026-12', 'Asia/Kolkata', '2026-11-30T18:30:00.000Z', '2026-12-31T18:30:00.000Z', 'into the next year'],
  [
    '2017-10',
    'America/Asuncion',
    '2017-10-01T04:00:00.000Z',
    '2017-11-01T03:00:00.000Z',
    'no midnight on the 1st',
  ],
];

describe("S14 a month in the merchant's time zone", () => {
  for (const [period, timeZone, from, to, what] of bounds) {
    it(`${period} in ${timeZone} (${what}) is ${from} to ${to}`, () => {
      const month = findMonthBounds(period, timeZone);
      expect([month.from.toISOString(), month.to.toISOString()]).to.deep.equal([from, to]);
    });
  }

  it('begins where the one before ends, also where the clocks change at midnight', () => {
    expect(findMonthBounds('2017-11', 'America/Asuncion').from).to.deep.equal(
      findMonthBounds('2017-10', 'America/Asuncion').to,
    );
  });

  for (const period of ['2026-13', '2026-00', '2026-9', '26-09', '2026-09-01', '']) {
    it(`does not know the month "${period}"`, () => {
      expect(() => findMonthBounds(period, 'UTC')).to.throw(RangeError, 'YYYY-MM');
    });
  }

  it('does not know a time zone that does not exist', () => {
    expect(() => findMonthBounds('2026-09', 'Mars/Olympus')).to.throw(RangeError, 'Mars/Olympus');
  });
});
