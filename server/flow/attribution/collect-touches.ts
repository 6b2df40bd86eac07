import type { Evidence } from '../../shared/delivery.ts';
import { foldCode } from '../../shared/fold-code.ts';
import type { Touch } from '../../shared/touch.ts';
import type { Order, StoredTouch, TouchStore } from '../ingest/index.ts';
import type { ConsideredTouch } from './decision.ts';
import { CLOCK_TOLERANCE } from './check-eligibility.ts';
import type { ReferralDirectory } from './referral-directory.ts';

type FoundTouch = Omit<ConsideredTouch, 'standing' | 'selfReferral' | 'affiliateName'>;

/**
 * All touches that an order's evidence reaches (S3): stored ones by touch id and visitor key, coupons by
 * their owner at T, bare codes as touches made at T. A code beside a stored touch of the same affiliate is
 * not bare: it is the same referral, and the touch's own time holds.
 */
export async function collectTouches(
  order: Order & { placedAt: Date },
  deps: { touches: TouchStore; directory: ReferralDirectory },
): Promise<FoundTouch[]> {
  const { merchantId, evidence, placedAt } = order;
  const namedIds = new Set(evidence.flatMap((item) => (item.kind === 'touch' ? [item.touchId] : [])));
  const visitors = evidence.flatMap((item) => (item.kind === 'visitor' ? [item.visitorKey] : []));
  const stored = [
    ...(await deps.touches.byIds(merchantId, [...namedIds])),
    ...(await deps.touches.byVisitors(merchantId, visitors, new Date(placedAt.getTime() + CLOCK_TOLERANCE))),
  ].map((touch) => fromStored(touch, namedIds));
  const codes = await Promise.all(evidence.map((item) => fromCode(item, order, deps.directory)));
  const bare = codes.filter(
    (touch) => touch !== undefined && !stored.some((known) => isSameReferral(known, touch)),
  );
  return keepOldest([...stored, ...bare.filter((touch) => touch !== undefined)]);
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
  return {
    id,
    class: touch.class,
    carrier,
    at,
    code,
    programId,
    affiliateId,
    namedByOrder: namedIds.has(id),
    coupon: null,
  };
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
      ...owner,
      coupon: null,
    }
  );
}

function touchAt(order: Order, code: string, touchClass: Touch['class'], carrier: string, at: Date) {
  const id = `${order._id}:${carrier}:${code}`;
  return { id, class: touchClass, carrier, at, code, namedByOrder: true };
}
