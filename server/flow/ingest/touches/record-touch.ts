import { TooMuchWaiting } from '../../../platform/mongo/index.ts';
import { SECOND, type Clock } from '../../../shared/clock.ts';
import { DomainError } from '../../../shared/errors.ts';
import { foldCode } from '../../../shared/fold-code.ts';
import { nameDayIn } from '../../../shared/name-day-in.ts';
import type { NewId } from '../../../shared/ids.ts';
import type { TouchClass } from '../../../shared/touch.ts';
import { judgeClick } from './judge-click.ts';
import { judgeSource } from './judge-source.ts';
import { nameClick } from './name-click.ts';
import { hostAndPath, hostOf } from './name-page.ts';
import type { CodeOwner, StorefrontDirectory } from './storefront-directory.ts';
import type { StoredTouch } from './touch.model.ts';
import type { TouchStore } from './touch.store.ts';

/** A visit that an affiliate caused, as a browser or a redirect tells it. */
export interface Visit {
  merchantId: string;
  storeId: string | null;
  code: string | null;
  /** A coupon that the link carries; its owner counts where there is no code. */
  coupon: string | null;
  class: Extract<TouchClass, 'link' | 'direct-link' | 'pixel'>;
  carrier: string;
  linkId: string | null;
  subId: string | null;
  /** Whether the click was counted when the link was followed, and this is where it led. */
  isLanding: boolean;
  url: string | null;
  referrer: string | null;
  visitorKey: string | null;
  statedAt: Date | null;
  /** In memory only; stored as a keyed hash. */
  ip: string | null;
  isBot: boolean;
  visitsThisMinute: number;
}

export interface RecordTouchDeps {
  touches: Pick<TouchStore, 'insert' | 'isFull'>;
  directory: Pick<
    StorefrontDirectory,
    'ownerOfCode' | 'ownerOfCoupon' | 'ownerOfReferrer' | 'settingsAt' | 'termsOf'
  >;
  /** An address as it may be stored, under the key of the day. */
  hashIp: (merchantId: string, ip: string, at: Date) => Promise<string>;
  clock: Clock;
  newId: NewId;
}

export interface RecordedTouch {
  touchId: string;
  visitorKey: string;
  /** Resolves when the touch is journaled. @throws TooMuchWaiting, or the database's error. */
  stored: Promise<void>;
}

type RecordTouch = (visit: Visit) => Promise<RecordedTouch>;

/**
 * Writes down a touch; its time is our receipt (S3). A visitor without a key gets a new random one. Its source is
 * judged by the settings that hold now: a refused touch is kept, with the reason, and never earns. Whoever promises
 * that it is kept waits for `stored`.
 * @throws DomainError `unknown-code` when the visit is of no affiliate of the merchant's; TooMuchWaiting when more
 * touches come than can be written.
 */
export function createRecordTouch(deps: RecordTouchDeps): RecordTouch {
  const { touches, clock, newId } = deps;

  /** One click counts for each visitor, link and hour; what comes again is kept and not counted. */
  async function store(touch: StoredTouch): Promise<void> {
    if ((await touches.insert(touch)) === 'inserted') return;
    const { countsAs: _taken, ...repeat } = touch;
    await touches.insert({ ...repeat, uncounted: 'repeat' });
  }

  // Runs for every click: objects are written out, because spreading many into one takes several times as long.
  return async (visit) => {
    const { merchantId } = visit;
    const at = clock();
    const owner = await findOwner(deps, visit, at);
    const { timeZone, keepTouchesSeconds } = await deps.directory.termsOf(merchantId);
    const settings = await deps.directory.settingsAt(merchantId, owner.programId, at);
    // Settings of the first version name no sources.
    const blockedSources = settings?.settings.blockedSources;
    const referrerHost = visit.referrer === null ? null : hostOf(visit.referrer);
    const verdict = blockedSources && judgeSource({ referrerHost, landingUrl: visit.url }, blockedSources);
    const blocked = verdict?.action === 'refuse' ? verdict.reason : null;
    const uncounted = judgeClick({ ...visit, isBlocked: blocked !== null }) ?? null;
    const ipHash = visit.ip === null ? null : await deps.hashIp(merchantId, visit.ip, at);
    const touchId = newId();
    const visitorKey = visit.visitorKey ?? newId();
    const link = owner.linkId ?? visit.linkId;
    const visitor = visit.visitorKey ?? ipHash ?? visitorKey;
    // Also who does not wait for the database hears at once that nothing more can wait.
    if (touches.isFull()) throw new TooMuchWaiting();
    const stored = store({
      merchantId,
      _id: touchId,
      programId: owner.programId,
      affiliateId: owner.affiliateId,
      class: owner.site === undefined ? visit.class : 'direct-link',
      carrier: owner.site === undefined ? visit.carrier : `direct-link visit from ${owner.site}`,
      at,
      code: owner.code,
      linkId: link,
      visitorKey,
      storeId: visit.storeId,
      landingPage: visit.url && hostAndPath(visit.url),
      referrerHost,
      statedAt: visit.statedAt,
      blocked,
      flagged: verdict?.action === 'flag' ? verdict.reason : null,
      settingsVersion: settings?.version ?? null,
      subId: visit.subId,
      ipHash,
      day: nameDayIn(timeZone, at),
      uncounted,
      waitsSince: at,
      ...(uncounted === null ? { countsAs: nameClick({ link: link ?? owner.code ?? '', visitor, at }) } : {}),
      expiresAt: new Date(at.getTime() + keepTouchesSeconds * SECOND),
    });
    // Whoever does not wait for it hears of a failure from the caller's log, not from an unhandled rejection.
    stored.catch(() => undefined);
    return { touchId, visitorKey, stored };
  };
}

/** Who caused a visit, by which code or which site of theirs. */
type Owner = CodeOwner & { code: string | null; linkId?: string; site?: string };

/** By the code, else by the coupon, else by the page: other sites write a `ref` of their own, which is no code. */
async function findOwner(deps: RecordTouchDeps, visit: Visit, at: Date): Promise<Owner> {
  const owner = (await findOwnerOfCode(deps, visit, at)) ?? (await findOwnerOfPage(deps, visit, at));
  if (owner) return owner;
  throw new DomainError(
    'unknown-code',
    'No affiliate of this programme has that code.',
    "Check the link's code; codes are listed on the affiliate's page.",
  );
}

async function findOwnerOfCode(
  { directory }: RecordTouchDeps,
  { merchantId, code, coupon }: Visit,
  at: Date,
): Promise<Owner | undefined> {
  if (code !== null) {
    const folded = foldCode(code);
    const owner = await directory.ownerOfCode(merchantId, folded);
    if (owner) return { ...owner, code: folded };
  }
  if (coupon === null) return undefined;
  const folded = foldCode(coupon);
  const owner = await directory.ownerOfCoupon(merchantId, folded, at);
  return owner && { ...owner, code: folded };
}

async function findOwnerOfPage(
  { directory }: RecordTouchDeps,
  { merchantId, referrer }: Visit,
  at: Date,
): Promise<Owner | undefined> {
  const owner = referrer === null ? undefined : await directory.ownerOfReferrer(merchantId, referrer, at);
  return owner && { ...owner, code: null };
}
