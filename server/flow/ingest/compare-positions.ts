import type { Channel } from '../../shared/delivery.ts';
import type { Position } from './order.model.ts';

const vouched = (channel: Channel): number => (channel === 'pixel' ? 0 : 1);
const pushed = (channel: Channel): number => (channel === 'store-api' ? 1 : 0);

/**
 * The order of versions (S6): what anybody could have told comes before all else; then the store's updated-at; at the same updated-at what we read from the store's
 * API wins over what was pushed, then the higher sequence of the plugin. 0 = later arrival decides.
 */
export function comparePositions(a: Position, b: Position): number {
  return (
    vouched(a.channel) - vouched(b.channel) ||
    a.updatedAt.getTime() - b.updatedAt.getTime() ||
    pushed(a.channel) - pushed(b.channel) ||
    (a.sequence ?? -1) - (b.sequence ?? -1)
  );
}
