import { blankCommission, type Commission } from '../../../server/flow/commissions/commission.model.ts';
import type { CreditedSale } from '../../../server/flow/commissions/posting/credited-sale.ts';
import { decidePosting, type PostingAction } from '../../../server/flow/commissions/states/decide-posting.ts';
import { advancePostings } from '../../../server/flow/commissions/states/advance-postings.ts';
import type { LoadedSale } from '../../../server/flow/commissions/load-sale.ts';
import { postVersions } from '../../../server/flow/commissions/posting/post-versions.ts';
import { DAY } from '../../../server/shared/clock.ts';
import type { OrderSnapshot } from '../../../server/shared/order.ts';
import { aSale, percent, rules } from '../../support/receipts.ts';

const DAY_ONE = new Date('2026-10-01T10:00:00Z');
const TERMS: CreditedSale['terms'] = { hold: { days: 30, startsAt: 'payment' }, approval: 'automatic' };
const TWENTY_PERCENT = rules([percent(200_000)]);

/** Anna's order at 20 % with a hold of 30 days, and all that becomes of its commission, without a database. */
export class DecidedOrder {
  commission: Commission = blankCommission('merchant', 'order-1');
  private sale = aSale(TWENTY_PERCENT, { terms: TERMS });
  private now = DAY_ONE;
  private readonly versions: LoadedSale['order']['versions'] = [];
  private ids = 0;

  /** The store told something: it waits until `post`. */
  tell(snapshot: OrderSnapshot, { needsRead = false } = {}): this {
    const number = this.versions.length + 1;
    this.versions.push({
      number,
      hash: `${number}`,
      channel: 'plugin',
      acceptedAt: this.now,
      snapshot,
      needsRead,
    });
    return this;
  }

  post(changes: Partial<CreditedSale> = {}): this {
    this.sale = { ...this.sale, ...changes };
    this.commission = postVersions(this.order, this.sale, this.commission, this.context);
    return this;
  }

  passDays(days: number): this {
    this.now = new Date(this.now.getTime() + days * DAY);
    this.commission = advancePostings(this.commission, this.now);
    return this;
  }

  /** A person decides on the posting at `index`. */
  decide(index: number, action: PostingAction): this {
    const id = this.commission.postings[index]?.id ?? '';
    const loaded = { order: this.order, sale: this.sale } as LoadedSale;
    this.commission = decidePosting(this.commission, id, action, { ...this.context, by: 'zoe', loaded });
    return this;
  }

  /** A person confirms that the order was deleted. */
  confirmRemoval(): this {
    const { orderVersion = 0 } = this.commission.removalToConfirm ?? {};
    const confirmedRemoval = { orderVersion, at: this.now, by: 'zoe' };
    this.commission = { ...this.commission, confirmedRemoval };
    return this.post();
  }

  /** State and amount of every posting, in the order of posting. */
  get postings(): [state: string, amount: bigint][] {
    return this.commission.postings.map(({ state, amount }) => [state, amount]);
  }

  private get order(): LoadedSale['order'] {
    return { _id: 'order-1', placedAt: DAY_ONE, versions: this.versions } as unknown as LoadedSale['order'];
  }

  private get context() {
    return { now: this.now, newId: () => `posting-${(this.ids += 1)}` };
  }
}
