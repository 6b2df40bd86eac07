import { foldCode } from '../../../shared/fold-code.ts';
import type { ProgramSettingsVersion } from '../../../shared/program-settings.ts';
import type { Order, OrderStore, TouchStore } from '../../ingest/index.ts';
import type { AttributionStore } from '../attribution.store.ts';
import { collectTouches, type FoundTouch } from './collect-touches.ts';
import { compareIdentities, type Buyer } from './compare-identities.ts';
import type { ConsideredTouch, DecidingSettings, DecisionInput } from '../decision/decision.ts';
import type { ManualTouch } from './manual-touch.ts';
import { readEarlierOrders } from './read-earlier-orders.ts';
import type { ReferralDirectory, Standing } from './referral-directory.ts';

export interface DecisionInputDeps {
  orders: OrderStore;
  touches: TouchStore;
  attributions: AttributionStore;
  directory: ReferralDirectory;
}

type PlacedOrder = Order & { placedAt: Date };

/** Reads everything that a decision depends on, as it was at T (S3). */
export async function buildDecisionInput(
  order: PlacedOrder,
  manualTouches: ManualTouch[],
  deps: DecisionInputDeps,
): Promise<DecisionInput> {
  const { merchantId, placedAt } = order;
  const earlierOrders = await readEarlierOrders(order, deps);
  const found = await collectTouches(order, { earlierOrders, manualTouches }, deps);
  const hash = deps.directory.buyerHash(merchantId);
  const buyer = { keys: order.buyer, browsers: new Set(found.visitorKeys.map(hash)) };
  const touches = await considerTouches(found.touches, { merchantId, placedAt, buyer }, deps.directory);
  const settings = await readSettings(touches, order, deps.directory);
  const isInvolved = touches.some((touch) => touch.class !== 'manual' && touch.programId in settings);
  const couponCodes = order.evidence
    .filter((item) => item.kind === 'coupon')
    .map(({ code }) => foldCode(code));
  return {
    orderId: order._id,
    placedAt,
    checkoutStartedAt: order.versions.at(-1)?.snapshot.checkoutStartedAt ?? order.checkoutStartedAt ?? null,
    earlierOrders,
    platformEarlierOrders: order.buyer.earlierOrders,
    touches,
    couponCodes,
    settings,
    longestSettleHours: isInvolved ? null : await deps.directory.longestSettleHours(merchantId, placedAt),
  };
}

/**
 * What a frozen decision has read, with one more manual touch (S3, S11): nothing else may come in any more.
 */
export async function addManualTouch(
  frozen: DecisionInput,
  touch: FoundTouch,
  order: PlacedOrder,
  { directory }: Pick<DecisionInputDeps, 'directory'>,
): Promise<DecisionInput> {
  const { merchantId, placedAt } = order;
  const buyer = { keys: order.buyer, browsers: new Set<string>() };
  const added = await considerTouches([touch], { merchantId, placedAt, buyer }, directory);
  const settings = await readSettings(added, order, directory);
  return { ...frozen, touches: [...frozen.touches, ...added], settings: { ...settings, ...frozen.settings } };
}

/** Touches with what people tell about their affiliates at T, in an order that every run agrees on. */
async function considerTouches(
  found: readonly FoundTouch[],
  { merchantId, placedAt, buyer }: { merchantId: string; placedAt: Date; buyer: Buyer },
  directory: ReferralDirectory,
): Promise<ConsideredTouch[]> {
  const standings = new Map<string, Promise<Standing>>();
  const standingOf = ({ programId, affiliateId }: FoundTouch): Promise<Standing> => {
    const key = `${programId} ${affiliateId}`;
    const asked = standings.get(key) ?? directory.standing(merchantId, programId, affiliateId, placedAt);
    standings.set(key, asked);
    return asked;
  };
  const touches = await Promise.all(
    found.map(async (touch): Promise<ConsideredTouch> => {
      const { affiliateName, group, identity, affiliate, membership, program } = await standingOf(touch);
      const standing = { affiliate, membership, program };
      const selfReferral = compareIdentities(identity, buyer, placedAt);
      return { ...touch, affiliateName, group, standing, selfReferral };
    }),
  );
  return touches.sort((a, b) => a.at.getTime() - b.at.getTime() || (a.id < b.id ? -1 : 1));
}

async function readSettings(
  touches: readonly ConsideredTouch[],
  { merchantId, placedAt, versions }: PlacedOrder,
  directory: ReferralDirectory,
): Promise<DecisionInput['settings']> {
  const sold = new Set((versions.at(-1)?.snapshot.lines ?? []).map(({ productId }) => productId));
  const settings: DecisionInput['settings'] = {};
  for (const programId of [...new Set(touches.map((touch) => touch.programId))].sort()) {
    const version = await directory.settingsAt(merchantId, programId, placedAt);
    if (version) settings[programId] = keepWhatDecides(version, sold);
  }
  return settings;
}

/**
 * Thousands of products of others have nothing to do with the order, and are not to be embedded with it; nor are
 * blocked sources, by which each touch was judged when it arrived.
 */
function keepWhatDecides(
  version: ProgramSettingsVersion,
  sold: ReadonlySet<string | null>,
): DecidingSettings {
  const { ownedProducts, blockedSources: _judged, ...settings } = version.settings;
  // Settings of the first version name no products.
  const own = ((ownedProducts as typeof ownedProducts | undefined) ?? []).filter(({ productId }) =>
    sold.has(productId),
  );
  return { ...version, settings: { ...settings, ownedProducts: own } };
}
