import type { Attribution, AttributionStore } from '../../server/flow/attribution/index.ts';
import type { Commission, CommissionStore } from '../../server/flow/commissions/index.ts';
import type { BuyerRef, Order, OrderStore, StoredTouch, TouchStore } from '../../server/flow/ingest/index.ts';
import type { InboxDelivery } from '../../server/flow/ingest/inbox.model.ts';
import type { InboxStore } from '../../server/flow/ingest/inbox.store.ts';
import type { LedgerEntry, LedgerStore } from '../../server/flow/ledger/index.ts';
import type { PendingEvent } from '../../server/shared/events.ts';

/** What a stage wrote down to be delivered; the harness decides when. */
export type LeaveEvents = (events: PendingEvent[]) => void;

/** Documents by id that count their revision, as saveWithEvents keeps them. */
class Documents<D extends { _id: string; revision: number }> {
  readonly byId = new Map<string, D>();
  private readonly leave: LeaveEvents;

  constructor(leave: LeaveEvents) {
    this.leave = leave;
  }

  readonly save = (document: D, events: PendingEvent[]): Promise<boolean> => {
    const { _id: id, revision } = document;
    if ((this.byId.get(id)?.revision ?? 0) !== revision) return Promise.resolve(false);
    this.byId.set(id, { ...document, revision: revision + 1 });
    this.leave(events);
    return Promise.resolve(true);
  };

  readonly find = (_merchantId: string, id: string): Promise<D | undefined> =>
    Promise.resolve(this.byId.get(id));
}

/** The flow's stores over maps: the same questions, the same answers, no database. */
export function createInMemoryStores(leave: LeaveEvents) {
  const orders = new Documents<Order>(leave);
  const attributions = new Documents<Attribution>(leave);
  const commissions = new Documents<Commission>(leave);
  const ledger = new InMemoryLedger(leave);
  const due = new DueCommissions();
  return {
    documents: { orders: orders.byId, attributions: attributions.byId, commissions: commissions.byId },
    ledgerEntries: ledger.entries,
    /** When the clock moves the next commission, or earlier; Infinity when it moves none. */
    nextDue: (): number => due.next,
    inbox: createInbox(leave),
    touches: createTouches(),
    orders: createOrders(orders),
    attributions: {
      byOrder: attributions.find,
      creditsOf: (_merchantId, ids) =>
        Promise.resolve(new Map(ids.map((id) => [id, attributions.byId.get(id)?.credited ?? null]))),
      save: attributions.save,
    } as AttributionStore,
    commissions: {
      byOrder: commissions.find,
      byPosting: (_merchantId, postingId) =>
        Promise.resolve(
          [...commissions.byId.values()].find(({ postings }) => postings.some(({ id }) => id === postingId)),
        ),
      due: (now, limit) => Promise.resolve(due.until(now, limit)),
      save: (commission, events) => {
        due.remember(commission);
        return commissions.save(commission, events);
      },
    } as CommissionStore,
    ledger: ledger as Pick<LedgerStore, 'last' | 'lastOfAffiliate' | 'insert'> as LedgerStore,
  };
}

function createInbox(leave: LeaveEvents): Omit<InboxStore, 'drain'> {
  const byId = new Map<string, InboxDelivery>();
  const references = new Set<string>();
  return {
    insert(delivery) {
      if (references.has(delivery.reference)) return Promise.resolve('duplicate');
      references.add(delivery.reference);
      byId.set(delivery._id, delivery);
      leave(delivery.pendingEvents);
      return Promise.resolve('inserted');
    },
    isFull: () => false,
    findWaiting: (_merchantId, id) => Promise.resolve(byId.get(id)?.prepared),
    keepName(_merchantId, id) {
      byId.delete(id);
      return Promise.resolve();
    },
  };
}

function createOrders(orders: Documents<Order>): OrderStore {
  const idsByName = new Map<string, string>();
  const idsByBuyer = new Map<string, Set<string>>();
  const nameOf = (key: Pick<Order, 'merchantId' | 'storeId' | 'externalId'>): string =>
    `${key.merchantId} ${key.storeId} ${key.externalId}`;
  const keysOf = ({ customer, email }: BuyerRef): string[] => [
    ...(customer === null ? [] : [`customer ${customer}`]),
    ...(email === null ? [] : [`email ${email}`]),
  ];
  /** Placed, oldest first, by a buyer who is known by one of these keys now. */
  const ofBuyer = (buyer: BuyerRef, fits: (placedAt: Date) => boolean): Order[] => {
    const keys = keysOf(buyer);
    const ids = new Set(keys.flatMap((key) => [...(idsByBuyer.get(key) ?? [])]));
    return [...ids]
      .flatMap((id) => orders.byId.get(id) ?? [])
      .filter((order) => order.placedAt !== null && fits(order.placedAt))
      .filter((order) => keysOf(order.buyer).some((key) => keys.includes(key)))
      .sort((a, b) => (a.placedAt?.getTime() ?? 0) - (b.placedAt?.getTime() ?? 0));
  };
  return {
    find: (key) => Promise.resolve(orders.byId.get(idsByName.get(nameOf(key)) ?? '')),
    byId: orders.find,
    ofBuyerUntil: (_merchantId, buyer, moment, most) => {
      const found = ofBuyer(buyer, (placedAt) => placedAt <= moment);
      return Promise.resolve([...new Set([...found.slice(0, most), ...found.slice(-most)])]);
    },
    ofBuyerSince: (_merchantId, buyer, moment, most) =>
      Promise.resolve(ofBuyer(buyer, (placedAt) => placedAt >= moment).slice(-most)),
    save: (order, events) => {
      idsByName.set(nameOf(order), order._id);
      for (const key of keysOf(order.buyer))
        idsByBuyer.set(key, (idsByBuyer.get(key) ?? new Set<string>()).add(order._id));
      return orders.save(order, events);
    },
  } as OrderStore;
}

/** Which commissions the clock moves, without asking all of them every time. */
class DueCommissions {
  private readonly byId = new Map<string, { merchantId: string; at: number }>();
  next = Infinity;

  remember({ _id, merchantId, dueAt }: Commission): void {
    if (dueAt === null) {
      this.byId.delete(_id);
      return;
    }
    this.byId.set(_id, { merchantId, at: dueAt.getTime() });
    this.next = Math.min(this.next, dueAt.getTime());
  }

  until(now: Date, limit: number): { _id: string; merchantId: string }[] {
    const waiting = [...this.byId].map(([_id, one]) => ({ _id, ...one })).sort((a, b) => a.at - b.at);
    this.next = waiting[0]?.at ?? Infinity;
    return waiting.filter(({ at }) => at <= now.getTime()).slice(0, limit);
  }
}

const MOST_TOUCHES = 100;

function createTouches(): TouchStore {
  const byId = new Map<string, StoredTouch>();
  const byVisitor = new Map<string, StoredTouch[]>();
  const ofVisitor = (merchantId: string, visitorKey: string | null): StoredTouch[] => {
    const name = `${merchantId} ${visitorKey ?? ''}`;
    const list = byVisitor.get(name) ?? [];
    byVisitor.set(name, list);
    return list;
  };
  return {
    isFull: () => false,
    insert(touch) {
      byId.set(touch._id, touch);
      ofVisitor(touch.merchantId, touch.visitorKey).push(touch);
      return Promise.resolve('inserted');
    },
    byIds: (_merchantId, ids) => Promise.resolve(ids.flatMap((id) => byId.get(id) ?? [])),
    byVisitors(merchantId, keys, until) {
      const made = keys
        .flatMap((key) => ofVisitor(merchantId, key))
        .filter(({ at }) => at <= until)
        .sort((a, b) => a.at.getTime() - b.at.getTime());
      return Promise.resolve([...new Set([...made.slice(0, MOST_TOUCHES), ...made.slice(-MOST_TOUCHES)])]);
    },
  };
}

/** The chain of entries: its unique number and its unique reference decide, as the indexes do. */
class InMemoryLedger {
  readonly entries: LedgerEntry[] = [];
  private readonly lastByMerchant = new Map<string, LedgerEntry>();
  private readonly lastByAffiliate = new Map<string, LedgerEntry>();
  private readonly references = new Set<string>();
  private readonly leave: LeaveEvents;

  constructor(leave: LeaveEvents) {
    this.leave = leave;
  }

  last(merchantId: string): Promise<LedgerEntry | undefined> {
    return Promise.resolve(this.lastByMerchant.get(merchantId));
  }

  lastOfAffiliate(series: { merchantId: string; affiliateId: string; currency: string }) {
    return Promise.resolve(this.lastByAffiliate.get(nameSeries(series)));
  }

  insert(entry: LedgerEntry, events: PendingEvent[]): ReturnType<LedgerStore['insert']> {
    const reference = `${entry.merchantId} ${entry.reference}`;
    if (this.references.has(reference)) return Promise.resolve('already-posted');
    if ((this.lastByMerchant.get(entry.merchantId)?.seq ?? 0) + 1 !== entry.seq)
      return Promise.resolve('lost-race');
    this.references.add(reference);
    this.entries.push(entry);
    this.lastByMerchant.set(entry.merchantId, entry);
    this.lastByAffiliate.set(nameSeries(entry), entry);
    this.leave(events);
    return Promise.resolve('inserted');
  }
}

const nameSeries = (series: { merchantId: string; affiliateId: string; currency: string }): string =>
  `${series.merchantId} ${series.affiliateId} ${series.currency}`;
