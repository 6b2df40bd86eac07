import { expect } from 'chai';
import { appendStatus, ownerAt, statusAt, versionAt } from '../../../server/shared/history.ts';
import { commissionRules, RULE_LEVELS, ruleTerms } from '../../../server/shared/program-rules.ts';
import { z } from 'zod';
import { programSettings } from '../../../server/shared/program-settings.ts';

const day = (number: number) => new Date(Date.UTC(2026, 4, number));
const justBefore = (moment: Date) => new Date(moment.getTime() - 1);

describe('settings that a merchant leaves out', () => {
  it('take the defaults of S3, S7 and S9', () => {
    expect(programSettings.parse({})).to.deep.equal({
      clickWindowSeconds: 2_592_000,
      touchOrder: 'last',
      precedence: [['manual'], ['coupon'], ['customer-binding'], ['link', 'direct-link'], ['pixel']],
      binding: null,
      lateTouch: 'lose',
      split: null,
      settleHours: 48,
      hold: { days: 30, startsAt: 'payment' },
      approval: 'automatic',
      selfReferral: {
        sameStoreAccount: 'reject',
        sameEmail: 'reject',
        sameAddress: 'hold',
        samePayoutAccount: 'hold',
        sameIp: 'ignore',
        sameBrowser: 'hold',
        ipHours: 24,
      },
      voidCodes: [],
      ownedProducts: [],
      blockedSources: {
        referrerHosts: [],
        onReferrer: 'refuse',
        paidAds: 'allow',
        adParameters: ['gclid', 'fbclid', 'msclkid', 'wbraid', 'gbraid', 'ttclid'],
      },
    });
  });
});

describe('settings that cannot hold', () => {
  const wrong: [string, object][] = [
    ['an action that does not exist', { selfReferral: { sameEmail: 'forgive' } }],
    ['a settle time longer than the hold (S3)', { settleHours: 49, hold: { days: 2 } }],
    ['shares that are not a whole', { split: { coupon: 500_000, link: 400_000 } }],
    ['a binding that ends after nothing', { binding: { ends: 'after-days', days: 0 } }],
    ['a class named twice', { precedence: [['link'], ['coupon', 'link']] }],
    ['a class that does not exist', { precedence: [['rumour']] }],
    ['no class at all', { precedence: [] }],
    ['a window of part of a second', { clickWindowSeconds: 0.5 }],
    ['a setting that does not exist', { clickWindow: 30 }],
  ];
  for (const [what, settings] of wrong) {
    it(`are refused: ${what}`, () => {
      expect(programSettings.safeParse(settings).success).to.equal(false);
    });
  }
});

describe('terms of rules that cannot hold', () => {
  const terms = z.strictObject(ruleTerms);
  const wrong: [string, object][] = [
    ['an order that leaves a level out (S5)', { order: RULE_LEVELS.slice(1) }],
    ['an order that names a level twice (S5)', { order: [...RULE_LEVELS.slice(1), 'programme'] }],
    ['a level that does not exist', { order: [...RULE_LEVELS.slice(1), 'weather'] }],
    ['tips in the base (S4)', { include: ['tips'] }],
    ['shipping in the base twice', { include: ['shipping', 'shipping'] }],
    ['an exclusion by vendor', { exclude: { vendorIds: ['x'] } }],
  ];
  for (const [what, given] of wrong) {
    it(`are refused: ${what}`, () => {
      expect(terms.safeParse(given).success).to.equal(false);
    });
  }
});

describe('codes in terms', () => {
  it('are kept as codes are compared (S10)', () => {
    expect(programSettings.parse({ voidCodes: [' DealSite '] }).voidCodes).to.deep.equal(['dealsite']);
    const [rule] = commissionRules.parse([{ id: 'a', kind: 'percent', args: {}, scope: { code: 'ANNA10' } }]);
    expect(rule?.scope.code).to.equal('anna10');
  });

  it('and rules of the same id are refused', () => {
    const rule = { id: 'a', kind: 'percent', args: {} };
    expect(commissionRules.safeParse([rule, rule]).success).to.equal(false);
  });
});

describe('the version that held at a moment', () => {
  const versions = [
    { version: 1, effectiveFrom: day(1) },
    { version: 2, effectiveFrom: day(10) },
    { version: 3, effectiveFrom: day(10) },
  ];
  const numberAt = (moment: Date) => versionAt(versions, moment)?.version;

  it('is none before the first, and each from its own moment on', () => {
    expect(numberAt(justBefore(day(1)))).to.equal(undefined);
    expect(numberAt(day(1))).to.equal(1);
    expect(numberAt(justBefore(day(10)))).to.equal(1);
  });

  it('is the later one of two that begin together', () => {
    expect(numberAt(day(10))).to.equal(3);
  });
});

describe('a history of statuses', () => {
  const moves = { open: ['shut'], shut: [] } as const;
  const opened = [{ status: 'open' as const, from: day(1) }];

  it('tells how somebody stood at any moment', () => {
    const history = [...opened, { status: 'shut' as const, from: day(5) }];
    expect(statusAt(history, justBefore(day(1)))).to.equal(undefined);
    expect(statusAt(history, justBefore(day(5)))).to.equal('open');
    expect(statusAt(history, day(5))).to.equal('shut');
  });

  it('grows along the table only', () => {
    const shut = appendStatus<'open' | 'shut'>(opened, 'shut', moves, day(2));
    expect(shut).to.deep.equal([...opened, { status: 'shut', from: day(2) }]);
    expect(appendStatus<'open' | 'shut'>(shut ?? [], 'open', moves, day(3))).to.equal(undefined);
  });

  it('stays as it is when nothing changes', () => {
    expect(appendStatus<'open' | 'shut'>(opened, 'open', moves, day(2))).to.deep.equal(opened);
  });

  it('never runs backwards, whatever the clock says', () => {
    const shut = appendStatus<'open' | 'shut'>([{ status: 'open', from: day(9) }], 'shut', moves, day(2));
    expect(shut?.at(-1)).to.deep.equal({ status: 'shut', from: day(9) });
  });
});

describe('the owner of a code at a moment (S10)', () => {
  const assignments = [
    { affiliateId: 'anna', from: day(1), until: day(5) },
    { affiliateId: 'bert', from: day(5), until: null },
  ];

  it('is the one of then, and one at a time', () => {
    expect(ownerAt(assignments, justBefore(day(1)))).to.equal(undefined);
    expect(ownerAt(assignments, justBefore(day(5)))).to.equal('anna');
    expect(ownerAt(assignments, day(5))).to.equal('bert');
    expect(ownerAt(assignments, day(30))).to.equal('bert');
  });
});
