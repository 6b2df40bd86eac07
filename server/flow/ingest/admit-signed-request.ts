import { verifyStandardWebhook } from '../../platform/crypto/index.ts';
import type { AheadRequest } from '../../platform/http/index.ts';
import { DomainError, notFound } from '../../shared/errors.ts';
import type { FindStore, StoreConnection } from '../../shared/store-connection.ts';

export interface SignedRequestDeps {
  findStore: Pick<FindStore, 'byId'>;
  now: Date;
}

/**
 * The connected shop that signed a request to `…/:storeId`. Nothing of the body is read before it is checked.
 * @throws DomainError `not-found`, `bad-signature`, or `store-disconnected`.
 */
export async function admitSignedRequest(
  { findStore, now }: SignedRequestDeps,
  { name, headers }: Pick<AheadRequest, 'name' | 'headers'>,
  body: Buffer,
): Promise<StoreConnection> {
  const store = await findStore.byId(name);
  if (!store) throw notFound('The store');
  const check = verifyStandardWebhook({ headers, body, secrets: store.eventSecrets, now });
  if (!check.ok) {
    throw new DomainError(
      'bad-signature',
      `The signature was refused: ${check.reason}.`,
      'Sign the raw body with the current secret of the store, and check the clock of the shop.',
    );
  }
  if (store.status === 'connected') return store;
  const help = 'Connect it again in Refledger.';
  throw new DomainError('store-disconnected', 'This store was disconnected.', help);
}
