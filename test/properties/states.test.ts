import { expect } from 'chai';
import fc from 'fast-check';
import { advancePostings } from '../../server/flow/commissions/states/advance-postings.ts';
import type { CreditedSale } from '../../server/flow/commissions/posting/credited-sale.ts';
import { decidePosting, type PostingAction } from '../../server/flow/commissions/states/decide-posting.ts';
import type { LoadedSale } from '../../server/flow/commissions/load-sale.ts';
import { buildTrialBalance, listEntriesOf, type LedgerEntry } from '../../server/flow/ledger/index.ts';
import { readAccount } from '../../server/shared/accounts.ts';
import { DomainError } from '../../server/shared/errors.ts';
import { sum } from '../../server/shared/money.ts';
import { accountKindOf } from '../../server/shared/posting-state.ts';
import { splitWhole } from '../../server/shared/rates.ts';
import { programSettings } from '../../server/shared/program-settings.ts';
import { sumAccounts } from '../model/sum-accounts.ts';
import { creditedTo, history, PostedOrder, START, tell } from './an-order-history.ts';
import { CASES, holdsAlways } from './hold-always.ts';

const DAY = 86_400_000;

const ACTIONS: PostingAction[] = [
  { action: 'approve' },
  { action: 'hold', reason: 'looked at' },
  { action: 'release', reason: 'nothing found' },
  { action: 'reject', reason: 'no sale' },
  { action: 'mark-paid', reference: 'transfer', paidOn: '2026-10-31' },
];

/** What a person does with which posting, or the day that comes, or the next version of the order. */
const step = fc.record({
  kind: fc.constantFrom('version', 'version', 'version', 'decide', 'decide', 'day'),
  which: fc.nat(9),
  action: fc.constantFrom(...ACTIONS),
});
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

/** Who shares: nobody but the winner, or two or three with any weights. */
const weights = fc.array(fc.nat(1_000), { minLength: 1, maxLength: 3 });

function shared(by: number[], ratePpm: number, holdsBack: boolean): CreditedSale {
  const sale = creditedTo('anna', ratePpm);
  const [share] = sale.shares;
  const parts = splitWhole(by.map((weight) => weight + 1));
  const shares = parts.flatMap((sharePpm, index) =>
    share ? [{ ...share, affiliateId: ['anna', 'ben', 'cleo'][index] ?? 'anna', sharePpm }] : [],
  );
  const terms = programSettings.parse({ hold: { days: 2 } });
  return { ...sale, shares, terms, hold: holdsBack ? 'the same address' : null };
}

function lived(versions: Parameters<typeof tell>[0], steps: Step[], sale: CreditedSale): PostedOrder {
  const order = new PostedOrder();
  let told = 0;
  let days = 0;
  const next = (): void => {
    if (told < versions.length) order.receive(tell(versions, told, false), `${told}`).post(sale);
    told += 1;
  };
  next();
  for (const { kind, which, action } of steps) {
    const now = new Date(START + (days += kind === 'day' ? 2 : 0) * DAY);
    if (kind === 'version') next();
    if (kind === 'day') order.known = advancePostings(order.known, now);
    if (kind === 'decide') decide(order, which, action, { now, sale });
  }
  while (told < versions.length) next();
  return order;
}

/** What the state does not allow is refused, and nothing changes. */
function decide(
  order: PostedOrder,
  which: number,
  action: PostingAction,
  { now, sale }: { now: Date; sale: CreditedSale },
): void {
  const posting = order.postings[which % order.postings.length];
  const loaded = { order: order.order, sale } as LoadedSale;
  try {
    const context = { now, by: 'staff', newId: () => order.newId(), loaded };
    order.known = decidePosting(order.known, posting?.id ?? 'none', action, context);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
  }
}

const entriesOf = ({ postings }: PostedOrder): LedgerEntry[] =>
  postings.flatMap((posting) => listEntriesOf('m', posting)) as LedgerEntry[];

const all = [history, fc.array(step, { maxLength: 8 }), weights, fc.nat(1_000_000), fc.boolean()] as const;

describe(`S7 what persons and the clock do with an order's commissions @long: ${CASES}`, function () {
  this.timeout(1_800_000);

  it('leaves books that sum to zero, and on every account what the postings in its states sum to', () => {
    holdsAlways([...all], (versions, steps, by, rate, holdsBack) => {
      const order = lived(versions, steps, shared(by, rate, holdsBack));
      const accounts = sumAccounts(entriesOf(order));
      for (const { difference } of buildTrialBalance(accounts)) expect(difference).to.equal(0n);
      for (const { account, balance } of accounts) {
        const { kind, affiliateId } = readAccount(account);
        if (affiliateId === null) continue;
        const there = order.postings.filter(
          (posting) => posting.affiliateId === affiliateId && accountKindOf(posting.state) === kind,
        );
        expect(balance, account).to.equal(sum(there.map(({ amount }) => amount)));
        if (kind !== 'payable') expect(balance >= 0n, account).to.equal(true);
      }
    });
  });

  it('ends at each share of C(last version), at nothing for whom a person rejected, and shares make the whole', () => {
    holdsAlways([...all], (versions, steps, by, rate, holdsBack) => {
      const sale = shared(by, rate, holdsBack);
      const order = lived(versions, steps, sale);
      const rejected = new Set(order.known.rejections.map(({ affiliateId }) => affiliateId));
      const clean = lived(versions, [], sale);
      const of = ({ postings }: PostedOrder, who: string): bigint =>
        sum(postings.filter(({ affiliateId }) => affiliateId === who).map(({ amount }) => amount));
      for (const { affiliateId } of sale.shares)
        expect(of(order, affiliateId)).to.equal(rejected.has(affiliateId) ? 0n : of(clean, affiliateId));
      const alone = lived(versions, [], shared([0], rate, false));
      expect(sum(clean.postings.map(({ amount }) => amount))).to.equal(of(alone, 'anna'));
    });
  });

  it('moves no state but along the table, and no posting that is paid or rejected', () => {
    holdsAlways([...all], (versions, steps, by, rate, holdsBack) => {
      for (const { states } of lived(versions, steps, shared(by, rate, holdsBack)).postings) {
        const last = states.findIndex(({ state }) => state === 'paid' || state === 'rejected');
        expect(last === -1 || last === states.length - 1).to.equal(true);
      }
    });
  });
});
