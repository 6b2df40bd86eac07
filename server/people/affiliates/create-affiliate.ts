import type { Clock } from '../../shared/clock.ts';
import { DomainError } from '../../shared/errors.ts';
import { UNKNOWN_IDENTITY } from '../../shared/identity.ts';
import type { NewId } from '../../shared/ids.ts';
import type { Affiliate, NewAffiliate } from './affiliate.ts';
import type { AffiliateStore } from './affiliate.store.ts';

export interface AffiliateDeps {
  affiliates: AffiliateStore;
  /** The hash of buyers (S9), under a key of the merchant's own. */
  buyerHash: (merchantId: string) => (value: string) => string;
  /** The hash of an IP address under the key of the day on which it was seen. */
  hashIp: (merchantId: string, ip: string, at: Date) => Promise<string>;
  isStore: (merchantId: string, storeId: string) => Promise<boolean>;
  clock: Clock;
  newId: NewId;
}

/**
 * Adds an affiliate to a merchant.
 * @throws DomainError `conflict` when the merchant has one with this e-mail.
 */
export async function createAffiliate(
  deps: AffiliateDeps,
  merchantId: string,
  { status, ...person }: NewAffiliate,
): Promise<Affiliate> {
  const now = deps.clock();
  const statuses = [{ status, from: now }];
  const affiliate = {
    merchantId,
    id: deps.newId(),
    ...person,
    parentId: null,
    status,
    statuses,
    identity: UNKNOWN_IDENTITY,
    createdAt: now,
  };
  if (await deps.affiliates.insert(affiliate)) return affiliate;
  throw new DomainError(
    'conflict',
    'An affiliate with this e-mail address exists.',
    'Find it in the list, or use another address.',
  );
}
