import { expect } from 'chai';
import type { CommissionPosting } from '../../../server/flow/commissions/index.ts';
import { reverseOrigins } from '../../../server/flow/commissions/posting/reverse-origins.ts';

const posted = (id: string, amount: bigint, state = 'pending', reverses: string | null = null) =>
  ({ id, amount, state, reverses }) as CommissionPosting;

describe('S6, S7 a difference that is taken back', () => {
  const cases: [
    what: string,
    difference: bigint,
    earlier: CommissionPosting[],
    parts: [string | null, bigint][],
  ][] = [
    ['5.00 of 20.00', -500n, [posted('a', 2000n)], [['a', -500n]]],
    ['from all that is pending at once', -900n, [posted('a', 2000n), posted('b', 700n)], [['b', -900n]]],
    [
      'what was posted last first, where states differ',
      -900n,
      [posted('a', 2000n, 'paid'), posted('b', 700n)],
      [
        ['b', -700n],
        ['a', -200n],
      ],
    ],
    [
      'only what earlier reversals have left',
      -900n,
      [posted('a', 2000n, 'paid'), posted('b', 700n), posted('c', -600n, 'pending', 'b')],
      [
        ['b', -100n],
        ['a', -800n],
      ],
    ],
    [
      'a paid commission less what was taken back of it already',
      -1500n,
      [posted('a', 2000n, 'paid'), posted('b', -500n, 'payable', 'a')],
      [['a', -1500n]],
    ],
    ['everything', -2000n, [posted('a', 2000n), posted('z', 0n)], [['z', -2000n]]],
  ];
  for (const [what, difference, earlier, expected] of cases) {
    it(`takes back ${what}`, () => {
      const parts = reverseOrigins(difference, earlier).map(({ reverses, amount }) => [reverses, amount]);
      expect(parts).to.deep.equal(expected);
    });
  }

  it('is one new commission when it is not below zero, also when it is 0', () => {
    expect(reverseOrigins(0n, [])).to.deep.equal([{ reverses: null, amount: 0n }]);
    expect(reverseOrigins(300n, [posted('a', 2000n)])).to.deep.equal([{ reverses: null, amount: 300n }]);
  });

  it('is never more than was posted', () => {
    expect(() => reverseOrigins(-1n, [])).to.throw('1 minor units more than was posted');
  });
});
