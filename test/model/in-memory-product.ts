import { createOnOrderAccepted } from '../../server/flow/attribution/on-order-accepted.ts';
import { createOnAttributionDecided } from '../../server/flow/commissions/on-attribution-decided.ts';
import { createAcceptDelivery } from '../../server/flow/ingest/accept-delivery.ts';
import { createRecordTouch } from '../../server/flow/ingest/record-touch.ts';
import { createOnCommissionComputed } from '../../server/flow/ledger/on-commission-computed.ts';
import { createPostEntry } from '../../server/flow/ledger/post-entry.ts';
import { readAccount } from '../../server/shared/accounts.ts';
import type { ReceivedDelivery } from '../../server/shared/delivery.ts';
import type { EventType, PendingEvent } from '../../server/shared/events.ts';
import type { Fact, Outcome } from './facts.ts';
import { InMemoryPeople } from './in-memory-people.ts';
import { createInMemoryStores } from './in-memory-stores.ts';
import { toDelivery } from './to-delivery.ts';

export const MERCHANT = 'merchant';

export interface InMemoryOptions {
  /** From 0 to below 1: which of the waiting events is delivered next; the oldest when left out. */
  random?: () => number;
}

/**
 * One merchant on the product's own use cases and decisions, from the first delivery to the ledger, over maps
 * instead of a database and with a clock that stands still. What a stage leaves waits until `settle`.
 */
export class InMemoryProduct {
  private now = new Date(0);
  private ids = 0;
  private waiting: PendingEvent[] = [];
  private readonly people = new InMemoryPeople();
  private readonly touchIds = new Map<string, string>();
  readonly stores = createInMemoryStores((events) => this.waiting.push(...events));
  private readonly flow = this.wire();
  private readonly random: () => number;

  constructor({ random = () => 0 }: InMemoryOptions = {}) {
    this.random = random;
  }

  /** Lets one thing happen and does what the product does before it answers. */
  async tell(fact: Fact, now: number): Promise<void> {
    this.now = new Date(now);
    switch (fact.kind) {
      case 'touch':
        return this.recordTouch(fact);
      case 'order':
      case 'refund':
      case 'removal': {
        const delivery = toDelivery(fact, (touch) => this.touchIds.get(touch) ?? touch);
        await this.flow.acceptDelivery(received(fact, delivery));
        return;
      }
      case 'rules':
      case 'settings':
      case 'standing':
      case 'coupon':
        return this.people.tell(fact, this.now);
      case 'time':
        return this.passTime();
      case 'assign':
      case 'approve':
      case 'reject':
      case 'hold':
      case 'release':
      case 'confirm-removal':
        return this.decideByPerson(fact);
    }
  }

  /** Delivers every waiting event, and those that it leaves, until nothing waits. */
  async settle(): Promise<void> {
    while (this.waiting.length > 0) {
      const [event] = this.waiting.splice(Math.floor(this.random() * this.waiting.length), 1);
      if (event) await this.flow.receivers[event.type]?.(event);
    }
  }

  /** How many events wait. */
  get backlog(): number {
    return this.waiting.length;
  }

  /** The end of a hold makes payable (S7): to be bound to the use case that releases what is due. */
  private passTime(): void {}

  /** S7, S11: to be bound to the use cases of assignment, approval, rejection and holds, named in facts.ts. */
  private decideByPerson(fact: Fact): never {
    throw new Error(`the in-memory product has no "${fact.kind}"; see NOT_BUILT in alphabet.ts`);
  }

  private async recordTouch(fact: Extract<Fact, { kind: 'touch' }>): Promise<void> {
    const { touchId } = await this.flow.recordTouch({
      merchantId: MERCHANT,
      storeId: 'shop',
      code: fact.affiliate,
      coupon: null,
      class: fact.class,
      carrier: 'landing page',
      linkId: null,
      url: null,
      referrer: null,
      visitorKey: fact.visitor,
      statedAt: null,
    });
    this.touchIds.set(fact.touch, touchId);
  }

  private wire() {
    const { orders, touches, attributions, commissions, ledger } = this.stores;
    const { directory } = this.people;
    const base = { clock: () => this.now, newId: () => this.newId(), nudge: () => undefined };
    const { ownerOfCode, ownerOfCoupon, rulesAt } = directory;
    const postEntry = createPostEntry({ ...base, ledger });
    const receivers: Partial<Record<EventType, (event: any) => Promise<void>>> = {
      'order.accepted': createOnOrderAccepted({ ...base, orders, touches, attributions, directory }),
      'attribution.decided': createOnAttributionDecided({
        ...base,
        orders,
        attributions,
        commissions,
        rulesAt,
      }),
      'commission.computed': createOnCommissionComputed({ commissions, postEntry }),
    };
    const noteEvent = () => Promise.resolve();
    const keyedHash = () => (value: string) => value;
    return {
      receivers,
      acceptDelivery: createAcceptDelivery({ ...base, orders, keyedHash, noteEvent }),
      recordTouch: createRecordTouch({ ...base, touches, ownerOfCode, ownerOfCoupon }),
    };
  }

  private newId(): string {
    this.ids += 1;
    return `id-${String(this.ids).padStart(9, '0')}`;
  }

  /** What the books say: winners from the decisions, amounts from the ledger's postings alone. */
  outcome(): Outcome {
    const outcome: Outcome = { winners: {}, posted: {}, balances: {} };
    const { orders, attributions } = this.stores.documents;
    for (const { _id, externalId, placedAt } of orders.values()) {
      if (placedAt === null) continue;
      const winner = attributions.get(_id)?.decisions.at(-1)?.winner;
      outcome.winners[externalId] = winner ? `${winner.affiliateId} by ${winner.class}` : null;
    }
    for (const { orderId, currency, postings } of this.stores.ledgerEntries) {
      const order = orders.get(orderId)?.externalId ?? orderId;
      for (const { source, destination, amount } of postings) {
        move(outcome, { order, currency, account: destination, amount });
        move(outcome, { order, currency, account: source, amount: -amount });
      }
    }
    return outcome;
  }
}

interface Movement {
  order: string;
  currency: string;
  account: string;
  amount: bigint;
}

function move(outcome: Outcome, { order, currency, account, amount }: Movement): void {
  const { kind, affiliateId } = readAccount(account);
  if (affiliateId === null) return;
  const series = `${affiliateId} ${currency}`;
  const name = `${order} ${series}`;
  outcome.posted[name] = (outcome.posted[name] ?? 0n) + amount;
  const balance = (outcome.balances[series] ??= { pending: 0n, payable: 0n });
  if (kind === 'pending' || kind === 'payable') balance[kind] += amount;
}

function received(
  { key, ...fact }: Extract<Fact, { kind: 'order' | 'refund' | 'removal' }>,
  delivery: ReceivedDelivery['delivery'],
): ReceivedDelivery {
  const channel = fact.kind === 'order' ? fact.channel : fact.kind === 'removal' ? 'plugin' : 'webhook';
  return { merchantId: MERCHANT, storeId: 'shop', channel, key, delivery };
}
