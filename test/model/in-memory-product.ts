import { createAssignOrder } from '../../server/flow/attribution/assign-order.ts';
import { createOnHistoryChanged } from '../../server/flow/attribution/on-history-changed.ts';
import { createOnOrderAccepted } from '../../server/flow/attribution/on-order-accepted.ts';
import { createOnTolerancePassed } from '../../server/flow/attribution/on-tolerance-passed.ts';
import { createDecideCommission } from '../../server/flow/commissions/decide-commission.ts';
import type { PostingAction } from '../../server/flow/commissions/states/decide-posting.ts';
import { createOnAttributionDecided } from '../../server/flow/commissions/on-attribution-decided.ts';
import { createReleaseDue } from '../../server/flow/commissions/release-due.ts';
import { createRecordInOrder } from '../../server/flow/ingest/record-in-order.ts';
import { createOnDeliveryReceived } from '../../server/flow/ingest/on-delivery-received.ts';
import { createPrepareDelivery } from '../../server/flow/ingest/prepare-delivery.ts';
import { createReceiveDelivery } from '../../server/flow/ingest/receive-delivery.ts';
import { createRecordTouch } from '../../server/flow/ingest/touches/record-touch.ts';
import {
  createOnCommissionComputed,
  createOnCommissionMoved,
} from '../../server/flow/ledger/on-commission-event.ts';
import { createPostEntry } from '../../server/flow/ledger/post-entry.ts';
import { readAccount } from '../../server/shared/accounts.ts';
import type { ReceivedDelivery } from '../../server/shared/delivery.ts';
import { DomainError } from '../../server/shared/errors.ts';
import type { EventType, PendingEvent } from '../../server/shared/events.ts';
import { storefrontSettings } from '../../server/shared/storefront-settings.ts';
import type { PostingState } from '../../server/shared/posting-state.ts';
import type { Fact, Outcome } from './facts.ts';
import { InMemoryPeople, PROGRAMME } from './in-memory-people.ts';
import { createInMemoryStores } from './in-memory-stores.ts';
import { toDelivery } from './to-delivery.ts';

export const MERCHANT = 'merchant';
const STAFF = 'staff';

export interface InMemoryOptions {
  /** From 0 to below 1: which of the waiting events is delivered next; the oldest when left out. */
  random?: () => number;
}

/** What a person can do with a commission in which state (S7). */
const DECIDABLE: Record<Decided['kind'], PostingState[]> = {
  approve: ['pending', 'held'],
  hold: ['pending', 'approved', 'payable'],
  release: ['held'],
  reject: ['pending', 'approved', 'payable', 'held'],
  'mark-paid': ['payable'],
};

type Decided = Extract<Fact, { kind: 'approve' | 'reject' | 'hold' | 'release' | 'mark-paid' }>;

const ACTIONS: Record<Decided['kind'], PostingAction> = {
  approve: { action: 'approve' },
  hold: { action: 'hold', reason: 'looked at' },
  release: { action: 'release', reason: 'nothing found' },
  reject: { action: 'reject', reason: 'no sale' },
  'mark-paid': { action: 'mark-paid', reference: 'transfer', paidOn: '2026-10-01' },
};

/** What of a storefront no fact of the model speaks of. */
const NO_STOREFRONT = {
  ownerOfReferrer: () => Promise.resolve(undefined),
  termsOf: () =>
    Promise.resolve({ settings: storefrontSettings.parse({}), timeZone: 'UTC', keepTouchesSeconds: 0 }),
};

/**
 * One merchant on the product's own use cases and decisions, from the first delivery to the ledger, over maps
 * instead of a database and with a clock that stands still. What a stage leaves waits until `settle`, and what it
 * leaves for later until the clock has come to it.
 */
export class InMemoryProduct {
  private now = new Date(0);
  private ids = 0;
  private waiting: PendingEvent[] = [];
  private later: PendingEvent[] = [];
  private readonly people = new InMemoryPeople();
  private readonly touchIds = new Map<string, string>();
  readonly stores = createInMemoryStores((events) => this.leave(events));
  private readonly flow = this.wire();
  private readonly random: () => number;

  constructor({ random = () => 0 }: InMemoryOptions = {}) {
    this.random = random;
  }

  /** Lets one thing happen and does what the product does before it answers. */
  async tell(fact: Fact, now: number): Promise<void> {
    await this.passTime(now);
    switch (fact.kind) {
      case 'touch':
        return this.recordTouch(fact);
      case 'order':
      case 'refund':
      case 'removal': {
        const delivery = toDelivery(fact, (touch) => this.touchIds.get(touch) ?? touch);
        await this.flow.receiveDelivery(received(fact, delivery));
        return;
      }
      case 'rules':
      case 'settings':
      case 'standing':
      case 'coupon':
        return this.people.tell(fact, this.now);
      case 'time':
        return;
      case 'assign':
      case 'approve':
      case 'reject':
      case 'hold':
      case 'release':
      case 'mark-paid':
      case 'confirm-removal':
        return unlessRefused(() => this.decideByPerson(fact));
    }
  }

  /** Delivers every waiting event, and those that it leaves, until nothing waits. */
  async settle(): Promise<void> {
    while (this.waiting.length > 0) {
      const [event] = this.waiting.splice(Math.floor(this.random() * this.waiting.length), 1);
      if (event) await this.flow.receivers[event.type]?.(event);
    }
  }

  /** Delivers what waits of one kind: a person decides about orders that are there to be seen. */
  private async deliver(isWanted: (event: PendingEvent) => boolean): Promise<void> {
    const wanted = this.waiting.filter(isWanted);
    this.waiting = this.waiting.filter((event) => !isWanted(event));
    for (const event of wanted) await this.flow.receivers[event.type]?.(event);
  }

  /** How many events wait. */
  get backlog(): number {
    return this.waiting.length;
  }

  private leave(events: PendingEvent[]): void {
    for (const event of events) (event.at > this.now ? this.later : this.waiting).push(event);
  }

  /** What the clock brings until a moment: events that were left for later, and the ends of holds (S7). */
  private async passTime(now: number): Promise<void> {
    const isDue = ({ at }: PendingEvent): boolean => at.getTime() <= now;
    const due = this.later.filter(isDue).sort((a, b) => a.at.getTime() - b.at.getTime());
    this.later = this.later.filter((event) => !isDue(event));
    for (const event of due) {
      this.waiting.push(event);
      if (event.at > this.now) this.now = event.at;
      if (!this.isLagging()) await this.settle();
    }
    this.now = new Date(now);
    if (this.stores.nextDue() > now) return;
    await this.flow.releaseDue(() => Promise.resolve(true));
    if (!this.isLagging()) await this.settle();
  }

  /** Stages that take what waits in any order lag behind the clock as well. */
  private readonly isLagging = (): boolean => this.random() > 0;

  private async decideByPerson(
    fact: Decided | Extract<Fact, { kind: 'assign' | 'confirm-removal' }>,
  ): Promise<void> {
    await this.deliver(({ type }) => type === 'delivery.received');
    const orderKey = { merchantId: MERCHANT, storeId: 'shop', externalId: fact.order };
    const orderId = (await this.stores.orders.find(orderKey))?._id ?? 'none';
    const decider = { merchantId: MERCHANT, staffId: STAFF };
    switch (fact.kind) {
      case 'assign': {
        const { affiliate: affiliateId } = fact;
        const assignment = { orderId, programId: PROGRAMME, affiliateId, reason: `it was ${affiliateId}` };
        await this.flow.assignOrder({ ...decider, ...assignment });
        return;
      }
      case 'confirm-removal':
        await this.flow.decideCommission.confirmRemoval(decider, orderId);
        return;
      case 'approve':
      case 'hold':
      case 'release':
      case 'reject':
      case 'mark-paid': {
        const commission = await this.stores.commissions.byOrder(MERCHANT, orderId);
        const newest = commission?.postings.findLast(
          ({ reverses, state }) => reverses === null && DECIDABLE[fact.kind].includes(state),
        );
        await this.flow.decideCommission.decide(decider, newest?.id ?? 'none', ACTIONS[fact.kind]);
      }
    }
  }

  private async recordTouch(fact: Extract<Fact, { kind: 'touch' }>): Promise<void> {
    const { touchId, stored } = await this.flow.recordTouch({
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
      ...{ subId: null, isLanding: false, ip: null, isBot: false, visitsThisMinute: 1 },
    });
    await stored;
    this.touchIds.set(fact.touch, touchId);
  }

  private wire() {
    const { inbox, orders, touches, attributions, commissions, ledger } = this.stores;
    const { directory } = this.people;
    const base = { clock: () => this.now, newId: () => this.newId(), nudge: () => undefined };
    const { ownerOfCode, ownerOfCoupon, settingsAt, rulesAt } = directory;
    const storefront = { ownerOfCode, ownerOfCoupon, settingsAt, ...NO_STOREFRONT };
    const postEntry = createPostEntry({ ...base, ledger });
    const attribution = { ...base, orders, touches, attributions, directory };
    const commission = { ...base, orders, attributions, commissions, rulesAt };
    const recordInOrder = createRecordInOrder({ ...base, orders });
    const prepareDelivery = createPrepareDelivery({
      keyedHash: () => (value) => value,
      dayHashes: () => Promise.resolve([]),
    });
    const receivers: Partial<Record<EventType, (event: any) => Promise<void>>> = {
      'delivery.received': createOnDeliveryReceived({ ...base, inbox, recordInOrder }),
      'order.accepted': createOnOrderAccepted(attribution),
      'tolerance.passed': createOnTolerancePassed(attribution),
      'history.changed': createOnHistoryChanged(attribution),
      'attribution.decided': createOnAttributionDecided(commission),
      'commission.computed': createOnCommissionComputed({ commissions, postEntry }),
      'commission.moved': createOnCommissionMoved({ commissions, postEntry }),
    };
    const noteEvent = () => Promise.resolve();
    return {
      receivers,
      assignOrder: createAssignOrder(attribution),
      decideCommission: createDecideCommission(commission),
      releaseDue: createReleaseDue(commission),
      receiveDelivery: createReceiveDelivery({ ...base, inbox, prepareDelivery, noteEvent }),
      recordTouch: createRecordTouch({
        ...base,
        touches,
        directory: storefront,
        hashIp: (_merchant, ip) => Promise.resolve(ip),
      }),
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
  const balance = (outcome.balances[series] ??= { pending: 0n, payable: 0n, paid: 0n });
  if (kind === 'pending' || kind === 'payable') balance[kind] += amount;
  else balance.paid += amount;
}

/** A person who asks for what the product refuses is told so, and nothing changes. */
async function unlessRefused(act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
  }
}

function received(
  { key, ...fact }: Extract<Fact, { kind: 'order' | 'refund' | 'removal' }>,
  delivery: ReceivedDelivery['delivery'],
): ReceivedDelivery {
  const channel = fact.kind === 'order' ? fact.channel : fact.kind === 'removal' ? 'plugin' : 'webhook';
  return { merchantId: MERCHANT, storeId: 'shop', channel, key, delivery };
}
