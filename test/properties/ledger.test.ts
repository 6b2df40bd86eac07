import { expect } from 'chai';
import fc from 'fast-check';
import { buildEntry } from '../../server/flow/ledger/build-entry.ts';
import { chainEntry } from '../../server/flow/ledger/chain-entry.ts';
import { buildTrialBalance, type LedgerEntry } from '../../server/flow/ledger/index.ts';
import { createChainVerifier } from '../../server/flow/ledger/verify-chain.ts';
import { sumAccounts } from '../model/sum-accounts.ts';
import { CASES, holdsAlways } from './hold-always.ts';

interface Drawn {
  amount: number;
  affiliate: string;
  program: string;
  currency: string;
}

const amounts: fc.Arbitrary<Drawn[]> = fc.array(
  fc.record({
    amount: fc.oneof(fc.integer({ min: -60, max: 60 }), fc.integer({ min: -100_000, max: 100_000 })),
    affiliate: fc.constantFrom('anna', 'ben'),
    program: fc.constantFrom('p', 'q'),
    currency: fc.constantFrom('EUR', 'JPY'),
  }),
  { minLength: 1, maxLength: 6 },
);

const contentOf = ({ amount, affiliate, program, currency }: Drawn, index: number) => ({
  postedAt: new Date(Date.UTC(2026, 9, 1) + index),
  ...buildEntry('m', {
    ...{ id: `${index}`, affiliateId: affiliate, programId: program, currency },
    ...{ amount: BigInt(amount), states: [{ state: 'pending' }] },
    receipt: { order: { id: 'o', number: '#1', version: 1 } },
  }),
});

function chained(drawn: Drawn[]): LedgerEntry[] {
  const entries: LedgerEntry[] = [];
  for (const [index, one] of drawn.entries()) {
    const { affiliate, currency } = one;
    const ofAffiliate = entries.findLast(
      (entry) => entry.affiliateId === affiliate && entry.currency === currency,
    );
    entries.push(chainEntry(contentOf(one, index), { entry: entries.at(-1), ofAffiliate }, `e${index}`));
  }
  return entries;
}

describe(`S12 the ledger @long: ${CASES}`, function () {
  this.timeout(600_000);

  it('every entry sums to zero over its accounts and moves no negative amount', () => {
    holdsAlways([amounts], ([drawn]) => {
      const entry = contentOf(drawn as Drawn, 1);
      const accounts = sumAccounts([entry as LedgerEntry]);
      expect(accounts.reduce((total, { balance }) => total + balance, 0n)).to.equal(0n);
      expect(entry.postings.every(({ amount }) => amount >= 0n)).to.equal(true);
      const own = accounts.find(({ account }) => account.startsWith('pending/'));
      expect(own?.balance).to.equal(BigInt(drawn?.amount ?? 0));
    });
  });

  it("an affiliate's carried balance is the sum of the postings, entry by entry", () => {
    holdsAlways([amounts], (drawn) => {
      const totals = new Map<string, bigint>();
      chained(drawn).forEach(({ affiliateBalance, affiliateId, currency }, index) => {
        const series = `${affiliateId} ${currency}`;
        const total = (totals.get(series) ?? 0n) + BigInt(drawn[index]?.amount ?? 0);
        totals.set(series, total);
        expect(affiliateBalance).to.equal(total);
      });
    });
  });

  it('the trial balance has no difference in any currency', () => {
    holdsAlways([amounts], (drawn) => {
      for (const { difference } of buildTrialBalance(sumAccounts(chained(drawn))))
        expect(difference).to.equal(0n);
    });
  });

  it('the chain holds as it was written, and names the first entry that was changed in its amount or in a word', () => {
    holdsAlways([amounts, fc.nat(5), fc.boolean()], (drawn, which, inItsAmount) => {
      const entries = chained(drawn);
      const changed = which % entries.length;
      const problems = (some: LedgerEntry[]) =>
        some.map(createChainVerifier()).filter((one) => one !== undefined);
      expect(problems(entries)).to.deep.equal([]);
      const forge = (entry: LedgerEntry): LedgerEntry =>
        inItsAmount
          ? {
              ...entry,
              postings: entry.postings.map((posting) => ({ ...posting, amount: posting.amount + 1n })),
            }
          : { ...entry, orderNumber: '#2' };
      const forged = entries.map((entry, index) => (index === changed ? forge(entry) : entry));
      expect(problems(forged)[0]?.seq).to.equal(changed + 1);
    });
  });
});
