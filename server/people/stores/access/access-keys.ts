import { decryptSecret, encryptSecret } from '../../../platform/crypto/index.ts';
import type { RestAccess } from '../../../shared/rest-access.ts';
import type { StoreAccess } from './store-access.ts';

type Keys = Pick<RestAccess, 'consumerKey' | 'consumerSecret'>;

/** Encrypts the keys of shops and opens them again; each pair is bound to its store. */
export interface AccessKeys {
  seal(storeId: string, keys: Keys): string;
  /** Null after the keys were taken away. */
  open(access: StoreAccess): RestAccess | null;
}

/** The keys of shops under an installation's master secret. */
export function createAccessKeys(masterSecret: string): AccessKeys {
  const placeOf = (storeId: string) => ({ masterSecret, context: `store-access:${storeId}` });
  return {
    seal: (storeId, { consumerKey, consumerSecret }) =>
      encryptSecret(JSON.stringify({ consumerKey, consumerSecret }), placeOf(storeId)),
    open({ id, keys, address, secretsInAddress }) {
      if (keys === null) return null;
      const { consumerKey, consumerSecret } = JSON.parse(decryptSecret(keys, placeOf(id))) as Keys;
      return { address, consumerKey, consumerSecret, secretsInAddress };
    },
  };
}
