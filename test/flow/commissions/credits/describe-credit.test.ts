import { expect } from 'chai';
import {
  describeCredit,
  type CreditFacts,
} from '../../../../server/flow/commissions/credits/describe-credit.ts';
import type { PostingState } from '../../../../server/shared/posting-state.ts';

const NOW = new Date('2026-10-20T10:00:00Z');
const HOLD_END = new Date('2026-11-01T10:00:00Z');
const ANNA = {
  id: 't1',
  touchId: 't1',
  class: 'link',
  carrier: 'link',
  at: new Date('2026-10-01T09:00:00Z'),
  code: 'anna',
  programId: 'p',
  affiliateId: 'a',
  affiliateName: 'Anna',
  sharePpm: 1_000_000,
};
const BEN = {
  ...ANNA,
  id: 't2',
  touchId: 't2',
  class: 'coupon',
  carrier: 'coupon ben10',
  code: 'ben10',
  affiliateId: 'b',
  affiliateName: 'Ben',
};

interface Told {
  amount: bigint;
  state: PostingState;
  reason?: string;
  affiliateId?: string;
  nothingBecause?: string;
  rejected?: string;
}

const aPosting = ({ amount, state, reason, affiliateId = 'a', nothingBecause, rejected }: Told) => ({
  amount,
  state,
  ...{ affiliateId, programId: 'p', currency: 'EUR' },
  states: [{ state, at: NOW, by: 'x', reason: reason ?? null }],
  receipt: { nothingBecause: nothingBecause ?? null, rejected: rejected ?? null },
});

/** As far as the words ask. */
const facts = (postings: Told[], { decision = {}, commission = {} }: Partial<Record<string, object>> = {}) =>
  ({
    orderNumber: '#1001',
    currency: 'EUR',
    decision: {
      input: { touches: [ANNA, BEN] },
      winner: ANNA,
      shares: [ANNA],
      losers: [],
      hold: null,
      ...decision,
    },
    commission: {
      postings: postings.map(aPosting),
      holdEndsAt: HOLD_END,
      approval: 'automatic',
      removalToConfirm: null,
      ...commission,
    },
  }) as unknown as CreditFacts;

const HEAD = 'Credited to Anna (code anna) by the link of 2026-10-01 09:00 UTC; ';
const words = (given: CreditFacts) => describeCredit(given, NOW).words;

describe('S7 where a commission stands, in the words of a shop', () => {
  const standings: [string, Told[], object, string][] = [
    ['pending', [{ amount: 632n, state: 'pending' }], {}, '6.32 EUR, pending until 2026-11-01 10:00 UTC.'],
    [
      'not paid yet',
      [{ amount: 632n, state: 'pending' }],
      { holdEndsAt: null },
      '6.32 EUR, pending until the order is paid.',
    ],
    [
      'for a person to approve',
      [{ amount: 632n, state: 'pending' }],
      { holdEndsAt: NOW, approval: 'manual' },
      '6.32 EUR, waits for your approval.',
    ],
    [
      'approved',
      [{ amount: 632n, state: 'approved' }],
      {},
      '6.32 EUR, approved, payable from 2026-11-01 10:00 UTC.',
    ],
    ['payable', [{ amount: 632n, state: 'payable' }], {}, '6.32 EUR, payable.'],
    [
      'held',
      [{ amount: 632n, state: 'held', reason: 'We ask the buyer' }],
      {},
      '6.32 EUR, held: We ask the buyer.',
    ],
    [
      'partly refunded: 10.00 - 3.68 = 6.32',
      [
        { amount: 1000n, state: 'pending' },
        { amount: -368n, state: 'pending' },
      ],
      {},
      '6.32 EUR, pending until 2026-11-01 10:00 UTC.',
    ],
    [
      'paid, and a part owed since',
      [
        { amount: 1000n, state: 'paid' },
        { amount: -368n, state: 'payable' },
      ],
      {},
      '10.00 EUR, paid; -3.68 EUR, payable.',
    ],
    [
      'rejected',
      [
        { amount: 632n, state: 'rejected' },
        { amount: -632n, state: 'rejected', rejected: 'a wrong order' },
      ],
      {},
      'it earns nothing, because a wrong order.',
    ],
    [
      'excluded',
      [{ amount: 0n, state: 'pending', nothingBecause: 'it is a test order' }],
      {},
      'it earns nothing, because it is a test order.',
    ],
  ];
  for (const [name, postings, commission, expected] of standings) {
    it(`${name}: ${expected}`, () => {
      expect(words(facts(postings, { commission }))).to.deep.equal([HEAD + expected]);
    });
  }

  it('names each of those who share (S3)', () => {
    const shares = [
      { ...ANNA, sharePpm: 600_000 },
      { ...BEN, sharePpm: 400_000 },
    ];
    const given = facts(
      [
        { amount: 600n, state: 'payable' },
        { amount: 400n, state: 'payable', affiliateId: 'b' },
      ],
      { decision: { shares } },
    );
    expect(words(given)).to.deep.equal([
      'Credited to Anna (code anna) by the link of 2026-10-01 09:00 UTC, 60 % of the commission; 6.00 EUR, payable.',
      'Credited to Ben by the coupon ben10, 40 % of the commission; 4.00 EUR, payable.',
    ]);
  });

  it('tells the merchant what would tell who bought, and why a person must decide (S9, S16)', () => {
    const loser = {
      touchId: 't2',
      reason: 'a rule excludes it',
      forMerchant: 'Ben has the e-mail of the buyer',
    };
    const decision = { losers: [loser], hold: 'the buyer may be Anna' };
    expect(words(facts([{ amount: 632n, state: 'payable' }], { decision })).slice(1)).to.deep.equal([
      'A person must decide before money moves: the buyer may be Anna.',
      'Not credited: coupon ben10 of Ben, 2026-10-01 09:00 UTC, because Ben has the e-mail of the buyer.',
    ]);
  });

  it('says what became of money where nobody is credited any more', () => {
    const given = facts([{ amount: 0n, state: 'pending' }], { decision: { winner: null, shares: [] } });
    expect(words(given)).to.deep.equal([
      'Nobody is credited: nothing names an affiliate.',
      'What was posted before that is taken back.',
    ]);
  });

  it('is not known while nothing is decided, and not posted while nothing is posted', () => {
    expect(words({ ...facts([]), decision: undefined })).to.deep.equal([
      'Not known yet: order #1001 arrived and is not decided.',
    ]);
    expect(words({ ...facts([]), commission: undefined })).to.deep.equal([`${HEAD}nothing is posted yet.`]);
  });
});
