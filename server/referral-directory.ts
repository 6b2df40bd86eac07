import type { ReferralDirectory } from './flow/attribution/index.ts';
import type { Affiliates } from './people/affiliates/index.ts';
import type { Programs } from './people/programs/index.ts';
import { UNKNOWN_IDENTITY } from './shared/identity.ts';
import { normaliseEmail } from './shared/normalise-email.ts';
import { groupAt, ownerAt, statusAt, versionAt } from './shared/history.ts';
import { DEFAULT_SETTLE_HOURS } from './shared/program-settings.ts';
import type { ProgramRulesVersion } from './shared/program-rules.ts';

/** What commissions ask of people. */
interface RulesDirectory {
  rulesAt(merchantId: string, programId: string, at: Date): Promise<ProgramRulesVersion | undefined>;
}

const UNKNOWN = 'not there yet';

/** Answers attribution's questions about people from the parts that keep them. */
export function createReferralDirectory(deps: {
  affiliates: Affiliates;
  programs: Programs;
  buyerHash: (merchantId: string) => (value: string) => string;
}): ReferralDirectory & RulesDirectory {
  const { affiliates, programs } = deps;
  return {
    ownerOfCode: (merchantId, code) => programs.ownerOfCode(merchantId, code),
    async ownerOfCoupon(merchantId, code, at) {
      const coupon = await programs.couponOfCode(merchantId, code, at);
      const affiliateId = coupon && ownerAt(coupon.assignments, at);
      if (!coupon || affiliateId === undefined) return undefined;
      return { couponId: coupon.id, programId: coupon.programId, affiliateId, policy: coupon.creditPolicy };
    },
    async ownersOfProducts(merchantId, productIds, at) {
      const sold = new Set(productIds);
      const owning = await programs.programsOwningProducts(merchantId, productIds);
      return owning.flatMap(({ id: programId, settingsVersions }) => {
        const settings = versionAt(settingsVersions, at)?.settings;
        if (!settings?.precedence.flat().includes('product-ownership')) return [];
        return settings.ownedProducts
          .filter(({ productId }) => sold.has(productId))
          .map((owned) => ({ ...owned, programId }));
      });
    },
    async standing(merchantId, programId, affiliateId, at) {
      const affiliate = await affiliates.affiliateById(merchantId, affiliateId);
      const membership = await programs.membershipOf(merchantId, programId, affiliateId);
      const program = await programs.programById(merchantId, programId);
      return {
        affiliateName: affiliate?.name ?? UNKNOWN,
        affiliate: statusAt(affiliate?.statuses ?? [], at) ?? UNKNOWN,
        membership: statusAt(membership?.statuses ?? [], at) ?? UNKNOWN,
        program: statusAt(program?.statuses ?? [], at) ?? UNKNOWN,
        group: groupAt(membership?.groups ?? [], at),
        identity: {
          ...UNKNOWN_IDENTITY,
          ...affiliate?.identity,
          email: hashEmail(merchantId, affiliate?.email),
        },
      };
    },
    buyerHash: deps.buyerHash,
    async settingsAt(merchantId, programId, at) {
      const program = await programs.programById(merchantId, programId);
      return program && versionAt(program.settingsVersions, at);
    },
    async longestSettleHours(merchantId, at) {
      const all = await programs.programsOf(merchantId);
      const hours = all.flatMap(
        ({ settingsVersions }) => versionAt(settingsVersions, at)?.settings.settleHours ?? [],
      );
      return hours.length > 0 ? Math.max(...hours) : DEFAULT_SETTLE_HOURS;
    },
    async rulesAt(merchantId, programId, at) {
      const program = await programs.programById(merchantId, programId);
      return program && versionAt(program.ruleVersions, at);
    },
  };

  function hashEmail(merchantId: string, email: string | undefined): string | null {
    const normalised = email === undefined ? undefined : normaliseEmail(email);
    return normalised === undefined ? null : deps.buyerHash(merchantId)(normalised);
  }
}
