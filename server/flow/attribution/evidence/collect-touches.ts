import type { Evidence } from '../../../shared/delivery.ts';
import { foldCode } from '../../../shared/fold-code.ts';
import type { Touch } from '../../../shared/touch.ts';
import type { Order, StoredTouch, TouchStore } from '../../ingest/index.ts';
import type { ConsideredTouch, EarlierOrder } from '../decision/decision.ts';
import type { ManualTouch } from './manual-touch.ts';
import { CLOCK_TOLERANCE } from '../decision/check-eligibility.ts';
import type { ProductOwner, ReferralDirectory } from './referral-directory.ts';

/** A touch without what people tell about its affiliate. */
export type FoundTouch = Omit<ConsideredTouch, 'standing' | 'group' | 'selfReferral' | 'affiliateName'>;

/** What most touches are not. */
const PLAIN = {
  receivedByUs: false,
  blocked: null,
  flagged: null,
  coupon: null,
  binding: null,
  manual: null,
} as const;

/**
 * All touches that an order reaches (S3): stored ones by touch id and visitor key, coupons by their owner at T,
 * bare codes as touches made at T, the owners of its products, each credited earlier order of the buyer, which
 * may bind them, and what persons assigned. A code beside a stored touch of the same affiliate is not bare: it
 * is the same referral, and the touch's own time holds.
 *
 * @returns `visitorKeys`: the browsers that the evidence names
 */
export async function collectTouches(
  order: Order & { placedAt: Date },
  { earlierOrders, manualTouches }: { earlierOrders: EarlierOrder[]; manualTouches: ManualTouch[] },
  deps: { touches: TouchStore; directory: ReferralDirectory },
): Promise<{ touches: FoundTouch[]; visitorKeys: string[] }> {
  const { merchantId, evidence, placedAt } = order;
  const namedIds = new Set(evidence.flatMap((item) => (item.kind === 'touch' ? [item.touchId] : [])));
  const visitors = evidence.flatMap((item) => (item.kind === 'visitor' ? [item.visitorKey] : []));
  const named = await deps.touches.byIds(merchantId, [...namedIds]);
  const until = new Date(placedAt.getTime() + CLOCK_TOLERANCE);
  const reached = await deps.touches.byVisitors(merchantId, visitors, until);
  const stored = [...named, ...reached].map((touch) => fromStored(touch, namedIds));
  const codes = await Promise.all(evidence.map((item) => fromCode(item, order, deps.directory)));
  const bare = codes.filter(
    (touch) => touch !== undefined && !stored.some((known) => isSameReferral(known, touch)),
  );
  const touches = keepOldest([
    ...stored,
    ...bare.filter((touch) => touch !== undefined),
    ...(await fromProducts(order, deps.directory)),
    ...earlierOrders.flatMap((earlier) => fromEarlierOrder(order, earlier)),
    ...manualTouches.map(fromManual),
  ]);
  return { touches, visitorKeys: [...visitors, ...named.flatMap(({ visitorKey }) => visitorKey ?? [])] };
}

/** What a person assigned, as a touch. */
export function fromManual(touch: ManualTouch): FoundTouch {
  const { id, at, programId, affiliateId, staffId, reason } = touch;
  const manual = { staffId, reason };
  const carrier = 'assigned by a person';
  return {
    ...PLAIN,
    id,
    class: 'manual',
    carrier,
    at,
    code: null,
    programId,
    affiliateId,
    namedByOrder: true,
    manual,
  };
}

function isSameReferral(stored: FoundTouch, code: FoundTouch): boolean {
  return (
    code.coupon === null && code.affiliateId === stored.affiliateId && code.programId === stored.programId
  );
}

/** One touch an id; told with several times, the oldest holds, because a stated time may only make it older. */
function keepOldest(touches: FoundTouch[]): FoundTouch[] {
  const byId = new Map<string, FoundTouch>();
  for (const touch of touches) {
    const known = byId.get(touch.id);
    if (!known || touch.at < known.at) byId.set(touch.id, touch);
  }
  return [...byId.values()];
}

/** Its time is our receipt (S3): the clock of a buyer's device decides nothing. */
function fromStored(touch: StoredTouch, namedIds: Set<string>): FoundTouch {
  const { _id: id, at, programId, affiliateId, carrier, code } = touch;
  // Touches of the first version do not say whether they are blocked or flagged.
  const { blocked = null, flagged = null } = touch as Partial<Pick<StoredTouch, 'blocked' | 'flagged'>>;
  const facts = { id, class: touch.class, carrier, at, code, programId, affiliateId };
  return { ...PLAIN, ...facts, blocked, flagged, namedByOrder: namedIds.has(id), receivedByUs: true };
}

async function fromCode(
  evidence: Evidence,
  order: Order & { placedAt: Date },
  directory: ReferralDirectory,
): Promise<FoundTouch | undefined> {
  if (evidence.kind !== 'coupon' && evidence.kind !== 'code') return undefined;
  const code = foldCode(evidence.code);
  const { merchantId, placedAt } = order;
  if (evidence.kind === 'coupon') {
    const owner = await directory.ownerOfCoupon(merchantId, code, placedAt);
    return (
      owner && {
        ...touchAt(order, code, 'coupon', `coupon ${code}`, placedAt),
        programId: owner.programId,
        affiliateId: owner.affiliateId,
        coupon: { policy: owner.policy, position: evidence.position },
      }
    );
  }
  const owner = await directory.ownerOfCode(merchantId, code);
  const at = evidence.statedAt && evidence.statedAt < placedAt ? evidence.statedAt : placedAt;
  return (
    owner && {
      ...touchAt(order, code, evidence.carrier === 'pixel' ? 'pixel' : 'link', evidence.carrier, at),
      programId: owner.programId,
      affiliateId: owner.affiliateId,
    }
  );
}

function touchAt(order: Order, code: string, touchClass: Touch['class'], carrier: string, at: Date) {
  const id = `${order._id}:${carrier}:${code}`;
  return { ...PLAIN, id, class: touchClass, carrier, at, code, namedByOrder: true };
}

/** One touch for each owner of products on the order, at T; none where no programme counts them (S3). */
async function fromProducts(
  order: Order & { placedAt: Date },
  directory: ReferralDirectory,
): Promise<FoundTouch[]> {
  const { merchantId, placedAt, versions } = order;
  const ids = (versions.at(-1)?.snapshot.lines ?? []).flatMap(({ productId }) => productId ?? []);
  const productIds = [...new Set(ids)].toSorted();
  if (productIds.length === 0) return [];
  const owned = await directory.ownersOfProducts(merchantId, productIds, placedAt);
  const byOwner = new Map<string, ProductOwner[]>();
  for (const each of owned) {
    const owner = `${each.programId}/${each.affiliateId}`;
    byOwner.set(owner, [...(byOwner.get(owner) ?? []), each]);
  }
  return [...byOwner].flatMap(([owner, products]) => {
    const [first] = products;
    if (!first) return [];
    const { programId, affiliateId } = first;
    const carrier = `product ${products.map(({ productId }) => productId).join(', ')}`;
    const facts = { id: `${order._id}:product:${owner}`, carrier, at: placedAt, programId, affiliateId };
    return { ...PLAIN, ...facts, class: 'product-ownership' as const, code: null, namedByOrder: true };
  });
}

/** A credited earlier order may bind the buyer to its winner; whether it does is a setting (S3). */
function fromEarlierOrder(order: Order, { orderId, number, placedAt, credited }: EarlierOrder): FoundTouch[] {
  if (!credited) return [];
  const id = `${order._id}:binding:${orderId}`;
  const carrier = `customer since order ${number}`;
  const touchClass = 'customer-binding' as const;
  const binding = { orderId };
  return [
    {
      ...PLAIN,
      ...credited,
      id,
      class: touchClass,
      carrier,
      at: placedAt,
      code: null,
      namedByOrder: true,
      binding,
    },
  ];
}
