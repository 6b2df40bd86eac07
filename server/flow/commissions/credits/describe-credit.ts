import { describeMoney } from '../../../shared/minor-units.ts';
import { sum } from '../../../shared/money.ts';
import type { PostingState } from '../../../shared/posting-state.ts';
import { formatRate, PPM } from '../../../shared/rates.ts';
import type { ConsideredTouch, Decision } from '../../attribution/index.ts';
import type { Commission, CommissionPosting } from '../commission.model.ts';
import { describeTime } from '../receipts/describe-time.ts';
import { describeTouch } from '../receipts/describe-touch.ts';
import type { Credit, CreditPart } from './credit.ts';

export interface CreditFacts {
  /** As the shop numbers it. */
  orderNumber: string;
  /** Of the order. */
  currency: string;
  /** The one that holds; undefined while the order was not decided. */
  decision: Pick<Decision, 'input' | 'winner' | 'shares' | 'losers' | 'hold'> | undefined;
  /** What was posted; undefined while nothing was. */
  commission: Pick<Commission, 'postings' | 'holdEndsAt' | 'approval' | 'removalToConfirm'> | undefined;
}

/** Of an order that did not arrive yet, or was a draft. */
export const UNKNOWN_ORDER: Credit = {
  state: 'unknown',
  words: ['Not known yet: Refledger does not have this order.'],
  parts: [],
};

/** Who is credited for an order, why, and what it earns: what staff of the shop read beside it (S3, S7). */
export function describeCredit(facts: CreditFacts, now: Date): Credit {
  const { decision, orderNumber } = facts;
  if (!decision) {
    const words = [`Not known yet: order ${orderNumber} arrived and is not decided.`];
    return { state: 'unknown', words, parts: [] };
  }
  const losers = describeLosers(decision);
  if (!decision.winner) {
    const [first, ...more] = losers;
    const head = first ? `Nobody is credited: ${first}` : 'Nobody is credited: nothing names an affiliate.';
    return { state: 'nobody', words: [head, ...more, ...describeReversed(facts)], parts: [] };
  }
  const credited = sharesOf(decision, decision.winner).map((share) => describeShare(share, facts, now));
  const words = [
    ...credited.map(({ sentence }) => sentence),
    ...(decision.hold === null ? [] : [`A person must decide before money moves: ${decision.hold}.`]),
    ...describeRemoval(facts),
    ...losers.map((loser) => `Not credited: ${loser}`),
  ];
  return { state: 'credited', words, parts: credited.flatMap(({ parts }) => parts) };
}

type Share = Decision['shares'][number];
type CreditedShare = Pick<Share, 'programId' | 'affiliateId' | 'affiliateName' | 'sharePpm' | 'touchId'>;

/** Decisions of the first engine name no shares: then the winner has the whole. */
function sharesOf({ shares }: { shares?: Share[] }, winner: ConsideredTouch): CreditedShare[] {
  return shares && shares.length > 0 ? shares : [{ ...winner, touchId: winner.id, sharePpm: PPM }];
}

function describeShare(
  share: CreditedShare,
  { decision, commission, currency }: CreditFacts,
  now: Date,
): { sentence: string; parts: CreditPart[] } {
  const touch = decision?.input.touches.find(({ id }) => id === share.touchId);
  const own = (commission?.postings ?? []).filter(
    ({ affiliateId, programId }) => affiliateId === share.affiliateId && programId === share.programId,
  );
  const groups = groupByState(own);
  const code = touch?.code ?? null;
  const part = { affiliateName: share.affiliateName, code };
  const parts: CreditPart[] =
    groups.length > 0
      ? groups.map(({ postings: [first], amount, state }) => ({
          ...part,
          ...{ amount, currency: first?.currency ?? currency, state },
        }))
      : [{ ...part, amount: 0n, currency, state: null }];
  const money = groups.map((group) => describeGroup(group, commission, now)).join('; ');
  const split = share.sharePpm === PPM ? '' : `, ${formatRate(share.sharePpm)} of the commission`;
  const because = touch ? ` by ${nameTouch(touch)}` : '';
  const head = `Credited to ${share.affiliateName}${nameCode(touch)}${because}${split}`;
  return { sentence: `${head}; ${money || describeNothing(own, commission)}.`, parts };
}

/** A coupon's code stands with the coupon. */
function nameCode(touch: ConsideredTouch | undefined): string {
  return touch?.code && touch.class !== 'coupon' ? ` (code ${touch.code})` : '';
}

function nameTouch(touch: ConsideredTouch): string {
  if (touch.class === 'coupon' && touch.code) return `the coupon ${touch.code}`;
  if (touch.class === 'manual') return `hand, ${describeTime(touch.at)}`;
  return `the ${describeTouch(touch)} of ${describeTime(touch.at)}`;
}

interface Group {
  state: PostingState;
  amount: bigint;
  postings: CommissionPosting[];
}

/** What stands in each state; what cancels out is left away. */
function groupByState(postings: CommissionPosting[]): Group[] {
  const groups = new Map<string, CommissionPosting[]>();
  for (const posting of postings) {
    const key = `${posting.state} ${posting.currency}`;
    groups.set(key, [...(groups.get(key) ?? []), posting]);
  }
  return [...groups.values()].flatMap((own) => {
    const amount = sum(own.map((posting) => posting.amount));
    return own[0] && amount !== 0n ? [{ state: own[0].state, amount, postings: own }] : [];
  });
}

function describeGroup(
  { state, amount, postings }: Group,
  commission: CreditFacts['commission'],
  now: Date,
): string {
  const currency = postings[0]?.currency ?? '';
  const reason = postings.at(-1)?.states.at(-1)?.reason;
  const because = reason ? `: ${reason}` : '';
  return `${describeMoney(amount, currency)}, ${describeStanding(state, commission, now)}${because}`;
}

/** Where it stands, and until when (S7). */
function describeStanding(state: PostingState, commission: CreditFacts['commission'], now: Date): string {
  const end = commission?.holdEndsAt ?? null;
  switch (state) {
    case 'pending':
      if (end === null) return 'pending until the order is paid';
      if (end <= now && commission?.approval !== 'automatic') return 'waits for your approval';
      return `pending until ${describeTime(end)}`;
    case 'approved':
      return end === null ? 'approved' : `approved, payable from ${describeTime(end)}`;
    case 'in-payout':
      return 'in a payout';
    default:
      return state;
  }
}

function describeNothing(own: CommissionPosting[], commission: CreditFacts['commission']): string {
  if (!commission) return 'nothing is posted yet';
  const last = own.at(-1)?.receipt;
  const because = last?.rejected ?? last?.nothingBecause;
  return because ? `it earns nothing, because ${because}` : 'it earns nothing';
}

/** The merchant may read what would tell who bought; receipts of affiliates do not have it (S16). */
function describeLosers({ input, losers }: Pick<Decision, 'input' | 'losers'>): string[] {
  return losers.flatMap(({ touchId, reason, forMerchant }) => {
    const touch = input.touches.find(({ id }) => id === touchId);
    if (!touch) return [];
    const who = `${describeTouch(touch)} of ${touch.affiliateName}, ${describeTime(touch.at)}`;
    return [`${who}, because ${forMerchant ?? reason}.`];
  });
}

function describeReversed({ commission }: CreditFacts): string[] {
  const posted = commission?.postings.length ?? 0;
  return posted > 0 ? ['What was posted before that is taken back.'] : [];
}

function describeRemoval({ commission }: CreditFacts): string[] {
  if (!commission?.removalToConfirm) return [];
  return ['The order was deleted in the shop after its money was payable: confirm that in Refledger.'];
}
