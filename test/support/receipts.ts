import { presentReceipt } from '../../server/flow/commissions/receipts/receipt.schema.ts';
import {
  blankCommission,
  type Commission,
  type CommissionPosting,
} from '../../server/flow/commissions/commission.model.ts';
import type { CreditedSale } from '../../server/flow/commissions/posting/credited-sale.ts';
import { postDifference } from '../../server/flow/commissions/posting/post-difference.ts';
import { writeBigint } from '../../server/platform/http/write-bigint.ts';
import type { OrderSnapshot } from '../../server/shared/order.ts';
import type { CommissionRuleSpec, ProgramRulesVersion } from '../../server/shared/program-rules.ts';

const AT = new Date('2026-10-01T09:00:00.000Z');

export const percent = (
  ratePpm: number,
  scope: CommissionRuleSpec['scope'] = {},
  id = `rate-${ratePpm}`,
): CommissionRuleSpec => ({ id, kind: 'percent', args: { ratePpm }, scope });

export const flat = (
  per: 'order' | 'line' | 'unit',
  amounts: Record<string, number>,
  scope: CommissionRuleSpec['scope'] = {},
  id = `flat-${per}`,
): CommissionRuleSpec => ({ id, kind: `flat-per-${per}`, args: { amounts }, scope });

/** A rules version that has held for ever. */
export const rules = (
  specs: CommissionRuleSpec[],
  terms: Partial<ProgramRulesVersion> = {},
): ProgramRulesVersion => ({ version: 1, effectiveFrom: new Date(0), rules: specs, ...terms });

const ANNAS = {
  affiliateId: 'anna',
  programId: 'partners',
  affiliateName: 'Anna Berg',
  class: 'link',
  sharePpm: 1_000_000,
};

/** Anna's sale by link, with what a loser's touch looks like; codes make it a coupon sale. */
export function aSale(version: ProgramRulesVersion, changes: Partial<CreditedSale> = {}): CreditedSale {
  const touch = { class: 'link', carrier: 'link', at: AT, code: 'anna', affiliateName: 'Anna Berg' };
  return {
    decision: 1,
    engineVersion: 1,
    winner: { ...touch, affiliateId: 'anna', programId: 'partners' },
    shares: [ANNAS],
    hold: null,
    terms: null,
    losers: [{ ...touch, code: null, affiliateName: 'Ben Roth', reason: 'a later click counts' }],
    groupId: null,
    ownCodes: [],
    settingsVersion: 3,
    rules: version,
    ...changes,
  };
}

/**
 * The postings of an order, version after version, by the one formula (S6).
 * @param change what becomes of the commission before a version is posted
 */
export function postAll(
  snapshots: readonly OrderSnapshot[],
  sale: CreditedSale | ((version: number) => CreditedSale),
  change: (known: Commission, version: number) => Commission = (known) => known,
): CommissionPosting[] {
  let known = blankCommission('merchant', 'order-1');
  for (const [index, snapshot] of snapshots.entries()) {
    const version = { orderId: 'order-1', placedAt: snapshot.createdAt, version: index + 1, snapshot };
    known = change(known, version.version);
    let made = known.postings.length;
    const context = { now: AT, newId: () => `posting-${(made += 1)}` };
    const holding = typeof sale === 'function' ? sale(index + 1) : sale;
    known = { ...known, postings: [...known.postings, ...postDifference(version, holding, known, context)] };
  }
  return known.postings;
}

/** A posting's receipt as the API shows it. */
export function asJson({ receipt }: CommissionPosting): any {
  return JSON.parse(JSON.stringify(presentReceipt(receipt), writeBigint));
}
