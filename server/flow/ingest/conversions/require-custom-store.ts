import { DomainError } from '../../../shared/errors.ts';
import type { StoreConnection } from '../../../shared/store-connection.ts';

/**
 * Conversions are for shops that have nothing else to tell their orders by.
 * @throws DomainError `store-disconnected`, or `impossible` for a shop of a platform.
 */
export function requireCustomStore({ status, platform }: Pick<StoreConnection, 'status' | 'platform'>): void {
  if (status === 'disconnected') {
    throw new DomainError('store-disconnected', 'This store was disconnected.', 'Connect it again.');
  }
  if (platform === 'custom') return;
  throw new DomainError(
    'impossible',
    'The plugin or the webhooks of this shop tell its orders.',
    'Send conversions for a store of platform `custom`.',
  );
}
