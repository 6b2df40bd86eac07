import { createReferralDirectory } from '../../server/referral-directory.ts';
import type { CodeAssignment, StatusChange } from '../../server/shared/history.ts';
import { programSettings, type ProgramSettingsVersion } from '../../server/shared/program-settings.ts';
import type { ProgramRulesVersion } from '../../server/shared/program-rules.ts';
import type { Fact, Policy, Rule, Settings } from './facts.ts';

export const PROGRAMME = 'programme';

type PeopleFact = Extract<Fact, { kind: 'rules' | 'settings' | 'standing' | 'coupon' }>;

/** One merchant's people with their histories, and the product's own directory that reads them. */
export class InMemoryPeople {
  private readonly statuses = new Map<string, StatusChange<'active' | 'suspended'>[]>();
  private readonly coupons = new Map<string, { policy: Policy; assignments: CodeAssignment[] }>();
  private readonly ruleVersions: ProgramRulesVersion[] = [];
  private readonly settingsVersions: ProgramSettingsVersion[] = [];
  readonly directory = this.createDirectory();

  tell(fact: PeopleFact, now: Date): void {
    switch (fact.kind) {
      case 'rules':
        this.ruleVersions.push({
          version: this.ruleVersions.length + 1,
          effectiveFrom: new Date(fact.from),
          rules: fact.rules.map(toRule),
        });
        break;
      case 'settings':
        this.settingsVersions.push({
          version: this.settingsVersions.length + 1,
          effectiveFrom: new Date(fact.from),
          settings: toSettings(fact.settings),
        });
        break;
      case 'standing': {
        const history = this.statuses.get(fact.affiliate) ?? [];
        this.statuses.set(fact.affiliate, [
          ...history,
          { status: fact.active ? 'active' : 'suspended', from: now },
        ]);
        break;
      }
      case 'coupon': {
        const known = this.coupons.get(fact.code)?.assignments ?? [];
        const closed = known.map((one) => (one.until === null ? { ...one, until: now } : one));
        const assignments = [...closed, { affiliateId: fact.owner, from: now, until: null }];
        this.coupons.set(fact.code, { policy: fact.policy, assignments });
      }
    }
  }

  private createDirectory() {
    const approved = [{ status: 'approved', from: new Date(0) }];
    const live = [{ status: 'live', from: new Date(0) }];
    const affiliates = {
      affiliateById: async (_merchantId: string, id: string) =>
        this.statuses.has(id) ? { name: id, statuses: this.statuses.get(id) } : undefined,
    };
    const programme = {
      id: PROGRAMME,
      statuses: live,
      ruleVersions: this.ruleVersions,
      settingsVersions: this.settingsVersions,
    };
    const programs = {
      programById: async () => programme,
      programsOf: async () => [programme],
      programsOwningProducts: async () => [],
      membershipOf: async () => ({ statuses: approved, groups: [] }),
      ownerOfCode: async (_merchantId: string, code: string) =>
        this.statuses.has(code) ? { programId: PROGRAMME, affiliateId: code } : undefined,
      couponOfCode: async (_merchantId: string, code: string) => {
        const coupon = this.coupons.get(code);
        if (!coupon) return undefined;
        const { policy: creditPolicy, assignments } = coupon;
        return { id: code, programId: PROGRAMME, creditPolicy, assignments };
      },
    };
    return createReferralDirectory({
      ...({ affiliates, programs } as unknown as Pick<
        Parameters<typeof createReferralDirectory>[0],
        'affiliates' | 'programs'
      >),
      buyerHash: () => (value) => value,
    });
  }
}

function toRule({ id, ppm, priority, affiliate, product, category, coupon, code }: Rule) {
  return {
    id,
    kind: 'percent',
    args: { ratePpm: Number(ppm) },
    scope: { coupon, code, affiliateId: affiliate, productId: product, categoryId: category },
    priority,
  };
}

function toSettings(settings: Settings) {
  const { boundForOrders: orders } = settings;
  return programSettings.parse({
    clickWindowSeconds: settings.windowSeconds,
    touchOrder: settings.order,
    precedence: settings.precedence,
    voidCodes: settings.voidCodes,
    settleHours: settings.settleHours,
    hold: { days: settings.holdDays },
    approval: settings.approval,
    binding:
      orders === undefined ? null : orders === null ? { ends: 'never' } : { ends: 'after-orders', orders },
  });
}
