import { PPM, splitWhole } from '../../../shared/rates.ts';
import type { TouchClass } from '../../../shared/touch.ts';
import type { ConsideredTouch, DecisionInput, Share } from './decision.ts';

/** A touch that gets a part, and by which weight. */
interface Part {
  touch: ConsideredTouch;
  weight: number;
}

/**
 * Who gets which part of the winner's commission (S3), strongest first. The winner takes all, unless the
 * programme splits and names the winner's class: then the strongest touch of each named class, of the winner's
 * programme, gets the share of its class. Shares of classes without an eligible touch go to the others by
 * weight, by largest remainder. An affiliate with several such touches has one share.
 *
 * @param ranked eligible touches, the winner first
 * @returns `sharing`: every touch that a share came from
 */
export function deriveShares(
  ranked: readonly ConsideredTouch[],
  input: DecisionInput,
): { shares: Share[]; sharing: ConsideredTouch[] } {
  const [winner] = ranked;
  if (!winner) return { shares: [], sharing: [] };
  const split = input.settings[winner.programId]?.settings.split ?? {};
  const parts = split[winner.class] ? partsOf(split, winner, ranked) : [{ touch: winner, weight: PPM }];
  const byAffiliate = new Map<string, Part>();
  for (const { touch, weight } of parts) {
    const known = byAffiliate.get(touch.affiliateId);
    byAffiliate.set(
      touch.affiliateId,
      known ? { ...known, weight: known.weight + weight } : { touch, weight },
    );
  }
  const owners = [...byAffiliate.values()];
  const shares = splitWhole(owners.map(({ weight }) => weight));
  return {
    shares: owners.map(({ touch }, index) => shareOf(touch, shares[index] ?? 0)),
    sharing: parts.map(({ touch }) => touch),
  };
}

function partsOf(
  split: Partial<Record<TouchClass, number>>,
  { programId }: ConsideredTouch,
  ranked: readonly ConsideredTouch[],
): Part[] {
  const strongest = new Map<TouchClass, ConsideredTouch>();
  for (const touch of ranked) {
    if (touch.programId === programId && !strongest.has(touch.class)) strongest.set(touch.class, touch);
  }
  return [...strongest.values()].flatMap((touch) => {
    const weight = split[touch.class] ?? 0;
    return weight > 0 ? [{ touch, weight }] : [];
  });
}

function shareOf(touch: ConsideredTouch, sharePpm: number): Share {
  const { id: touchId, class: touchClass, programId, affiliateId, affiliateName } = touch;
  return { touchId, class: touchClass, programId, affiliateId, affiliateName, sharePpm };
}
