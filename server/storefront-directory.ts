import type { StorefrontDirectory } from './flow/ingest/index.ts';
import type { Merchants } from './people/merchants/index.ts';
import { findOwnerOfReferrer, type Programs } from './people/programs/index.ts';
import type { Stores } from './people/stores/index.ts';
import type { Cache } from './platform/mongo/index.ts';
import { DAY, HOUR, SECOND } from './shared/clock.ts';
import { ownerAt, versionAt } from './shared/history.ts';
import { notFound } from './shared/errors.ts';
import type { ProgramSettings } from './shared/program-settings.ts';

/** Longer than the clocks of two machines and two shops differ. */
const MARGIN = DAY;

/** Answers what every click asks about people, from memory where nothing changed. */
export function createStorefrontDirectory(deps: {
  cache: Cache;
  merchants: Merchants;
  programs: Programs;
  stores: Stores;
}): StorefrontDirectory {
  const { cache, merchants, programs, stores } = deps;
  const programOf = (merchantId: string, id: string) =>
    cache.get(`program ${merchantId} ${id}`, () => programs.programById(merchantId, id));
  return {
    storeByKey: (key) => cache.get(`store ${key}`, () => stores.findStore.byStoreKey(key)),
    termsOf: (merchantId) =>
      cache.get(`terms ${merchantId}`, async () => {
        const merchant = await merchants.merchantById(merchantId);
        if (!merchant) throw notFound('The merchant');
        const { settings } = await merchants.storefrontSettings(merchantId);
        const all = await programs.programsOf(merchantId);
        return { settings, timeZone: merchant.timeZone, keepTouchesSeconds: keepTouchesSeconds(all) };
      }),
    ownerOfCode: (merchantId, code) =>
      cache.get(`code ${merchantId} ${code}`, () => programs.ownerOfCode(merchantId, code)),
    async ownerOfCoupon(merchantId, code, at) {
      const coupon = await cache.get(`coupon ${merchantId} ${code}`, () =>
        programs.couponOfCode(merchantId, code, at),
      );
      const affiliateId = coupon && ownerAt(coupon.assignments, at);
      return coupon && affiliateId !== undefined ? { programId: coupon.programId, affiliateId } : undefined;
    },
    async ownerOfReferrer(merchantId, referrer, at) {
      const load = () => programs.provenSites(merchantId);
      return findOwnerOfReferrer(await cache.get(`sites ${merchantId}`, load), referrer, at);
    },
    linkBySlug: (slug) => cache.get(`slug ${slug}`, () => programs.linkBySlug(slug)),
    linkById: (id) => cache.get(`link ${id}`, () => programs.linkById(id)),
    async settingsAt(merchantId, programId, at) {
      const program = await programOf(merchantId, programId);
      return program && versionAt(program.settingsVersions, at);
    },
  };
}

/** As long as a decision of any of the programmes, by any version of its settings, can ask for a touch (S3). */
function keepTouchesSeconds(
  programs: readonly { settingsVersions: { settings: ProgramSettings }[] }[],
): number {
  const all = programs.flatMap(({ settingsVersions }) => settingsVersions.map(({ settings }) => settings));
  return Math.max(MARGIN / SECOND, ...all.map(touchSeconds));
}

/** As long as a decision by these settings can ask for a touch (S3). */
export function touchSeconds({ clickWindowSeconds, settleHours }: ProgramSettings): number {
  return clickWindowSeconds + (settleHours * HOUR + MARGIN) / SECOND;
}
