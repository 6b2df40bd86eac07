import type { Attribution } from '../../server/flow/attribution/index.ts';
import type { Commission, CommissionStore } from '../../server/flow/commissions/index.ts';
import type { Order, OrderStore, StoredTouch, TouchStore } from '../../server/flow/ingest/index.ts';
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
  const orderIds = new Map<string, string>();
  const nameOf = (key: Pick<Order, 'merchantId' | 'storeId' | 'externalId'>): string =>
    `${key.merchantId} ${key.storeId} ${key.externalId}`;
  return {
    documents: { orders: orders.byId, attributions: attributions.byId, commissions: commissions.byId },
    ledgerEntries: ledger.entries,
    touches: createTouches(),
    orders: {
      find: (key) => Promise.resolve(orders.byId.get(orderIds.get(nameOf(key)) ?? '')),
      byId: orders.find,
      save: (order, events) => {
        orderIds.set(nameOf(order), order._id);
        return orders.save(order, events);
      },
    } as OrderStore,
    attributions: { byOrder: attributions.find, save: attributions.save },
    commissions: { byOrder: commissions.find, save: commissions.save } as CommissionStore,
    ledger: ledger as Pick<LedgerStore, 'last' | 'lastOfAffiliate' | 'insert'> as LedgerStore,
  };
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
    insert(touch) {
      byId.set(touch._id, touch);
      ofVisitor(touch.merchantId, touch.visitorKey).push(touch);
      return Promise.resolve();
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
