import type { ProgramRulesVersion } from '../../../shared/program-rules.ts';
import type { Attribution } from '../../attribution/index.ts';
import type { CreditedSale } from './credited-sale.ts';
import type { ReceiptTouch } from '../receipts/receipt.ts';

type NumberedDecision = Attribution['decisions'][number];
type ConsideredTouch = NumberedDecision['input']['touches'][number];

/** What a posting needs of the decision that holds for its order. */
export function describeCreditedSale(
  decision: NumberedDecision,
  rules: ProgramRulesVersion | null,
): CreditedSale {
  const { winner, input } = decision;
  const settings = winner ? input.settings[winner.programId] : undefined;
  const byId = new Map(input.touches.map((touch) => [touch.id, touch]));
  const ownCoupons = input.touches.filter(
    ({ coupon, affiliateId, programId }) =>
      coupon !== null && affiliateId === winner?.affiliateId && programId === winner.programId,
  );
  return {
    decision: decision.number,
    engineVersion: decision.engineVersion,
    winner: winner && {
      ...describeTouch(winner),
      affiliateId: winner.affiliateId,
      programId: winner.programId,
    },
    losers: decision.losers.flatMap(({ touchId, reason }) => {
      const touch = byId.get(touchId);
      return touch ? [{ ...describeTouch(touch), reason }] : [];
    }),
    shares: decision.shares,
    hold: decision.hold,
    groupId: winner?.group ?? null,
    ownCodes: ownCoupons.map(({ code }) => code ?? ''),
    settingsVersion: settings?.version ?? 0,
    terms: settings?.settings ?? null,
    rules,
  };
}

function describeTouch({
  class: touchClass,
  carrier,
  at,
  code,
  affiliateName,
}: ConsideredTouch): ReceiptTouch {
  return { class: touchClass, carrier, at, code, affiliateName };
}
