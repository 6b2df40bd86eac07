import type { CountedTouch } from '../touches/touch.store.ts';
import type { ClickCounts, ClickSum } from './click-day.ts';

const NONE: ClickCounts = { clicks: 0, bot: 0, crowd: 0, blocked: 0, landing: 0, repeat: 0 };

/** The counts of touches, by series. */
export function sumClicks(touches: readonly CountedTouch[]): ClickSum[] {
  const sums = new Map<string, ClickSum>();
  for (const { merchantId, day, programId, affiliateId, linkId, subId, uncounted } of touches) {
    const series = { merchantId, day, programId, affiliateId, linkId, subId };
    const name = Object.values(series).join(' ');
    const sum = sums.get(name) ?? { series, counts: { ...NONE } };
    sum.counts[uncounted ?? 'clicks'] += 1;
    sums.set(name, sum);
  }
  return [...sums.values()];
}
