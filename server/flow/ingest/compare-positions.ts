import type { Channel } from '../../shared/delivery.ts';
import type { Position } from './order.model.ts';

const pushed = (channel: Channel): number => (channel === 'store-api' ? 1 : 0);

/**
 * The order of versions (S6): the store's updated-at; at the same updated-at what we read from the store's
 * API wins over what was pushed, then the higher sequence of the plugin. 0 = later arrival decides.
 */
export function comparePositions(a: Position, b: Position): number {
  return (
    a.updatedAt.getTime() - b.updatedAt.getTime() ||
    pushed(a.channel) - pushed(b.channel) ||
    (a.sequence ?? -1) - (b.sequence ?? -1)
  );
}
