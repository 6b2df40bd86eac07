import { hashToken } from '../../../platform/crypto/index.ts';
import type { AccessDeps } from './access-deps.ts';

/** What came of a question for keys, for the page to which the shop leads its owner. */
export type AnsweredAuthorization =
  /** `merchantId`: whose account the shop is connected to. */
  | { state: 'connected'; shop: string; merchantId: string }
  | { state: 'refused'; shop: string; reason: string }
  | { state: 'open' };

/** By its state; one that is unknown or was not answered looks the same. */
export async function describeAuthorization(
  deps: Pick<AccessDeps, 'authorizations'>,
  state: string,
): Promise<AnsweredAuthorization> {
  const found = await deps.authorizations.byHash(hashToken(state));
  if (!found?.outcome) return { state: 'open' };
  const { outcome, address: shop, merchantId } = found;
  return outcome.connected
    ? { state: 'connected', shop, merchantId }
    : { state: 'refused', shop, reason: outcome.reason };
}
