import { expect } from 'chai';
import { buildEntry, listEntriesOf, type BookedPosting } from '../../../server/flow/ledger/build-entry.ts';
import { chainEntry } from '../../../server/flow/ledger/chain-entry.ts';
import type { LedgerEntry } from '../../../server/flow/ledger/index.ts';
import { buildTrialBalance } from '../../../server/flow/ledger/trial-balance.ts';
import { createChainVerifier } from '../../../server/flow/ledger/verify-chain.ts';
import type { PostingState } from '../../../server/shared/posting-state.ts';

const posted = (amount: bigint, number: number) => ({
  postedAt: new Date(Date.UTC(2026, 9, number)),
  ...buildEntry('m', aPosting(amount, number)),
});

function aPosting(amount: bigint, number = 1, states: PostingState[] = ['pending']): BookedPosting {
  return {
    id: `posting-${number}`,
    affiliateId: 'anna',
    programId: 'p',
    currency: 'EUR',
    amount,
    states: states.map((state) => ({ state })),
    receipt: { order: { id: `order-${number}`, number: `#${number}`, version: 1 } },
  };
}

const after = (entry: LedgerEntry | undefined) => ({ entry, ofAffiliate: entry });

function aChain(amounts: bigint[]): LedgerEntry[] {
  const entries: LedgerEntry[] = [];
  amounts.forEach((amount, index) =>
    entries.push(chainEntry(posted(amount, index + 1), after(entries.at(-1)), `id-${index}`)),
  );
  return entries;
}

function firstProblem(entries: LedgerEntry[]) {
  const check = createChainVerifier();
  return entries.map(check).find((problem) => problem !== undefined);
}

describe('S12 an entry of the ledger', () => {
  it('moves a commission from expense to pending', () => {
    expect(posted(740n, 1).postings).to.deep.equal([
      { source: 'commission-expense/p', destination: 'pending/anna/p', amount: 740n },
    ]);
  });

  it('moves a reversal back, never a negative amount', () => {
    expect(posted(-740n, 1)).to.deep.include({
      kind: 'reversal',
      postings: [{ source: 'pending/anna/p', destination: 'commission-expense/p', amount: 740n }],
    });
  });
});

describe('S7, S12 a posting that goes through its states', () => {
  const moves = (amount: bigint, states: PostingState[]) =>
    listEntriesOf('m', aPosting(amount, 1, states)).flatMap(({ postings }) =>
      postings.map(
        (move) => `${move.source.split('/')[0]} > ${move.destination.split('/')[0]} ${move.amount}`,
      ),
    );

  it('moves from account to account, and nowhere while the account holds both states', () => {
    expect(
      moves(740n, ['pending', 'held', 'pending', 'approved', 'payable', 'in-payout', 'paid']),
    ).to.deep.equal([
      'commission-expense > pending 740',
      'pending > payable 740',
      'payable > in-payout 740',
      'in-payout > paid-out 740',
    ]);
  });

  it('moves a reversal the other way, because it is what is missing there', () => {
    expect(moves(-40n, ['pending', 'approved', 'payable'])).to.deep.equal([
      'pending > commission-expense 40',
      'payable > pending 40',
    ]);
  });

  it('moves nothing when it is rejected: the reversal takes it back', () => {
    expect(moves(740n, ['payable', 'rejected'])).to.deep.equal(['commission-expense > payable 740']);
  });

  it('is held out of what is payable, and back', () => {
    expect(moves(740n, ['payable', 'held', 'approved', 'payable']).slice(1)).to.deep.equal([
      'payable > pending 740',
      'pending > payable 740',
    ]);
  });
});

describe('S12 the balance that an entry carries', () => {
  it('is what the affiliate has after it', () => {
    expect(aChain([100n, -40n, 0n, 7n]).map(({ affiliateBalance }) => affiliateBalance)).to.deep.equal([
      100n,
      60n,
      60n,
      67n,
    ]);
  });

  it('is rebuilt from the postings by the check, which names the first wrong one', () => {
    const [first, second] = aChain([100n, -40n]);
    const forged = second && chainEntry(posted(-40n, 2), { entry: first, ofAffiliate: undefined }, 'forged');
    expect(firstProblem([first, forged] as LedgerEntry[])).to.deep.equal({
      seq: 2,
      problem: 'entry 2 carries a wrong balance',
    });
  });
});

describe('S12 the chain of entries', () => {
  it('holds when nothing was touched', () => {
    expect(firstProblem(aChain([100n, -40n, 0n, 7n]))).to.equal(undefined);
  });

  const tampering: [what: string, change: (entries: LedgerEntry[]) => LedgerEntry[], seq: number][] = [
    [
      'an amount was changed',
      (entries) =>
        entries.map((entry) =>
          entry.seq === 2
            ? { ...entry, postings: entry.postings.map((posting) => ({ ...posting, amount: 41n })) }
            : entry,
        ),
      2,
    ],
    [
      'a currency was changed',
      (entries) => entries.map((entry) => (entry.seq === 3 ? { ...entry, currency: 'USD' } : entry)),
      3,
    ],
    [
      'a date was changed',
      (entries) => entries.map((entry) => (entry.seq === 1 ? { ...entry, postedAt: new Date(0) } : entry)),
      1,
    ],
    ['an entry was removed', (entries) => entries.filter(({ seq }) => seq !== 2), 2],
    [
      'an entry was replaced by one with a hash of its own',
      (entries) =>
        entries.map((entry) => (entry.seq === 2 ? chainEntry(posted(1n, 9), after(entries[0]), 'x') : entry)),
      3,
    ],
  ];
  for (const [what, change, seq] of tampering) {
    it(`names entry ${seq} when ${what}`, () => {
      expect(firstProblem(change(aChain([100n, -40n, 3n, 7n])))?.seq).to.equal(seq);
    });
  }
});

describe('S12 the trial balance', () => {
  it('adds up per currency and has no difference when every posting has two sides', () => {
    const balances = [
      { account: 'commission-expense/p', currency: 'EUR', balance: -90n },
      { account: 'pending/anna/p', currency: 'EUR', balance: 100n },
      { account: 'pending/ben/p', currency: 'EUR', balance: -10n },
      { account: 'commission-expense/p', currency: 'JPY', balance: -5n },
      { account: 'pending/anna/p', currency: 'JPY', balance: 5n },
    ];
    const totals = buildTrialBalance(balances).map(({ accounts: _accounts, ...total }) => total);
    expect(totals).to.deep.equal([
      { currency: 'EUR', debit: 100n, credit: 100n, difference: 0n },
      { currency: 'JPY', debit: 5n, credit: 5n, difference: 0n },
    ]);
  });

  it('shows the difference when a side is missing', () => {
    expect(
      buildTrialBalance([{ account: 'pending/anna/p', currency: 'EUR', balance: 7n }])[0]?.difference,
    ).to.equal(-7n);
  });
});
