import { blankCommission } from '../../server/flow/commissions/commission.model.ts';
import type { Commission, CommissionPosting } from '../../server/flow/commissions/index.ts';
import { postDifference } from '../../server/flow/commissions/posting/post-difference.ts';
import { buildEntry } from '../../server/flow/ledger/build-entry.ts';
import { chainEntry } from '../../server/flow/ledger/chain-entry.ts';
import type { LedgerEntry } from '../../server/flow/ledger/index.ts';
import type { OrderSnapshot } from '../../server/shared/order.ts';

const MERCHANT = 'm-1';
const PROGRAM = 'p-1';
const NAMES: Record<string, string> = { anna: 'Anna Berg', boris: 'Boris Novak' };
const TWENTY_PERCENT = {
  version: 1,
  effectiveFrom: new Date(0),
  rules: [{ id: 'link', kind: 'percent', args: { ratePpm: 200_000 }, scope: {} }],
};

/**
 * Books in memory: each version of an order becomes a posting by the one formula, at 20 %, and a ledger
 * entry of the merchant m-1. `ledger` and `commissions` answer as the stores do.
 */
export class Books {
  readonly entries: LedgerEntry[] = [];
  private readonly orders = new Map<string, Commission>();

  /** Posts an order's next version for an affiliate; the order is known by its number. */
  post(at: string, snapshot: OrderSnapshot, affiliateId = 'anna'): this {
    const orderId = `order-${snapshot.externalId}`;
    const order = this.orders.get(orderId) ?? blankCommission(MERCHANT, orderId);
    const version = { orderId, placedAt: snapshot.createdAt, version: order.orderVersion + 1, snapshot };
    const sale = creditedTo(affiliateId, snapshot.createdAt);
    const context = { now: new Date(at), newId: () => `posting-${this.entries.length + 1}` };
    const postings = postDifference(version, sale, order, context);
    postings.forEach((posting) => this.enter(posting));
    const known = { ...order, orderVersion: version.version, postings: [...order.postings, ...postings] };
    this.orders.set(orderId, known);
    return this;
  }

  get postings(): Map<string, CommissionPosting & { holdEndsAt: Date | null }> {
    const all = [...this.orders.values()].flatMap(({ postings, holdEndsAt }) =>
      postings.map((posting) => ({ ...posting, holdEndsAt })),
    );
    return new Map(all.map((posting) => [posting.id, posting]));
  }

  readonly commissions = {
    byOrder: (_merchantId: string, orderId: string): Promise<Commission | undefined> =>
      Promise.resolve(this.orders.get(orderId)),
  };

  readonly ledger = {
    byReference: (_merchantId: string, reference: string): Promise<LedgerEntry | undefined> =>
      Promise.resolve(this.entries.find((entry) => entry.reference === reference)),
    ofAffiliate: (_merchantId: string, affiliateId: string, currency: string, before: Date) =>
      Promise.resolve(
        this.entries.filter(
          (entry) =>
            entry.affiliateId === affiliateId && entry.currency === currency && entry.postedAt < before,
        ),
      ),
    seriesBefore: (_merchantId: string, before: Date) => {
      const early = this.entries.filter(({ postedAt }) => postedAt < before);
      const series = new Map(
        early.map(({ affiliateId, currency }) => [affiliateId + currency, { affiliateId, currency }]),
      );
      return Promise.resolve([...series.values()]);
    },
  };

  private enter(posting: CommissionPosting): void {
    const { affiliateId, currency, postedAt } = posting;
    const content = buildEntry(MERCHANT, posting);
    const ofAffiliate = this.entries.findLast(
      (entry) => entry.affiliateId === affiliateId && entry.currency === currency,
    );
    const previous = { entry: this.entries.at(-1), ofAffiliate };
    this.entries.push(chainEntry({ ...content, postedAt }, previous, `entry-${this.entries.length + 1}`));
  }
}

function creditedTo(affiliateId: string, at: Date): Parameters<typeof postDifference>[1] {
  const affiliateName = NAMES[affiliateId] ?? affiliateId;
  const touch = { class: 'link', carrier: 'link', at, code: 'ANNA', affiliateName };
  const winner = { ...touch, affiliateId, programId: PROGRAM };
  const facts = {
    decision: 1,
    engineVersion: 1,
    settingsVersion: 1,
    losers: [],
    groupId: null,
    ownCodes: [],
  };
  const share = { affiliateId, programId: PROGRAM, affiliateName, class: 'link', sharePpm: 1_000_000 };
  return { ...facts, winner, shares: [share], hold: null, terms: null, rules: TWENTY_PERCENT };
}
