import type { Clock } from '../../shared/clock.ts';
import { DomainError } from '../../shared/errors.ts';
import { foldCode } from '../../shared/fold-code.ts';
import type { NewId } from '../../shared/ids.ts';
import type { ProgramSettingsVersion } from '../../shared/program-settings.ts';
import type { TouchClass } from '../../shared/touch.ts';
import { judgeSource } from './judge-source.ts';
import type { TouchStore } from './touch.store.ts';

/** Who owns a code or a link: a membership of a programme. */
export interface CodeOwner {
  programId: string;
  affiliateId: string;
}

export type OwnerOfCode = (merchantId: string, foldedCode: string) => Promise<CodeOwner | undefined>;

/** The settings of a programme that held at a moment; undefined before its first version. */
export type SettingsAt = (
  merchantId: string,
  programId: string,
  at: Date,
) => Promise<ProgramSettingsVersion | undefined>;

export type OwnerOfCoupon = (
  merchantId: string,
  foldedCode: string,
  at: Date,
) => Promise<CodeOwner | undefined>;

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
  url: string | null;
  referrer: string | null;
  visitorKey: string | null;
  statedAt: Date | null;
}

export interface RecordTouchDeps {
  touches: TouchStore;
  ownerOfCode: OwnerOfCode;
  ownerOfCoupon: OwnerOfCoupon;
  settingsAt: SettingsAt;
  clock: Clock;
  newId: NewId;
}

/**
 * Stores a touch; its time is our receipt (S3). A visitor without a key gets a new random one. Its source is judged
 * by the settings that hold now: a refused touch is kept, with the reason, and never earns.
 * @throws DomainError `unknown-code` when no affiliate of the merchant has the code.
 */
export function createRecordTouch(deps: RecordTouchDeps) {
  const findOwner = ({ merchantId, code, coupon }: Visit): Promise<CodeOwner | undefined> => {
    if (code !== null) return deps.ownerOfCode(merchantId, foldCode(code));
    return coupon === null
      ? Promise.resolve(undefined)
      : deps.ownerOfCoupon(merchantId, foldCode(coupon), deps.clock());
  };
  return async (visit: Visit): Promise<{ touchId: string; visitorKey: string }> => {
    const owner = await findOwner(visit);
    if (!owner) {
      throw new DomainError(
        'unknown-code',
        'No affiliate of this programme has that code.',
        "Check the link's code; codes are listed on the affiliate's page.",
      );
    }
    const { programId, affiliateId } = owner;
    const code = visit.code ?? visit.coupon;
    const at = deps.clock();
    const referrerHost = visit.referrer && (URL.parse(visit.referrer)?.host ?? null);
    const settings = await deps.settingsAt(visit.merchantId, programId, at);
    // Settings of the first version name no sources.
    const blockedSources = settings?.settings.blockedSources;
    const verdict = blockedSources && judgeSource({ referrerHost, landingUrl: visit.url }, blockedSources);
    const touchId = deps.newId();
    const visitorKey = visit.visitorKey ?? deps.newId();
    await deps.touches.insert({
      merchantId: visit.merchantId,
      _id: touchId,
      programId,
      affiliateId,
      class: visit.class,
      carrier: visit.carrier,
      at,
      code: code && foldCode(code),
      linkId: visit.linkId,
      visitorKey,
      storeId: visit.storeId,
      landingPage: visit.url && hostAndPath(visit.url),
      referrerHost,
      statedAt: visit.statedAt,
      blocked: verdict?.action === 'refuse' ? verdict.reason : null,
      flagged: verdict?.action === 'flag' ? verdict.reason : null,
      settingsVersion: settings?.version ?? null,
    });
    return { touchId, visitorKey };
  };
}

function hostAndPath(url: string): string | null {
  const parsed = URL.parse(url);
  if (!parsed) return null;
  const path = parsed.pathname.split('/').map((segment) => (/@|%40/i.test(segment) ? '[address]' : segment));
  return parsed.host + path.join('/');
}
