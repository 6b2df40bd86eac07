import { keyedHash } from '../../platform/crypto/index.ts';
import type { Connection } from '../../platform/mongo/index.ts';
import { groupAddress } from '../../shared/group-address.ts';
import type { DayHash } from '../../shared/identity.ts';
import type { Erasure } from './erasure.model.ts';
import { erasureRoutes } from './erasure.routes.ts';
import { createErasureStore } from './erasure.store.ts';
import { createIpKeys, type IpKeysDeps, type OpenKey } from './create-ip-keys.ts';
import { createIpKeyStore } from './ip-key.store.ts';

export interface PrivacyDeps extends Omit<IpKeysDeps, 'store'> {
  connection: Connection;
  /** The hash of buyers (S9), under a key of the merchant's own. */
  buyerHash: (merchantId: string) => (value: string) => string;
}

/** Wires what hides the IP addresses of visitors, affiliates and buyers, and what takes buyers' requests. */
export function createPrivacy({ connection, buyerHash, ...rest }: PrivacyDeps) {
  const keys = createIpKeys({ ...rest, store: createIpKeyStore(connection) });
  const erasures = createErasureStore(connection);
  return {
    routes: erasureRoutes({ erasures }),

    /** Durably keeps that a buyer asked a shop to be forgotten; the same event again changes nothing. */
    requestErasure: (asked: Omit<Erasure, 'id' | 'createdAt'>): Promise<void> =>
      erasures.keep({ ...asked, id: rest.newId(), createdAt: rest.clock() }),

    /**
     * An IP address (of IPv6 its network) as it may be stored: hashed under the merchant's buyer key, as a shop's
     * plugin does, and that again under the key of the day. Equal only within one merchant and one day.
     * @param at when the address was seen
     * @throws RangeError when the key of that day is destroyed.
     */
    async hashIp(merchantId: string, ip: string, at: Date): Promise<string> {
      const key = await keys.ofDay(merchantId, at);
      if (!key) throw new RangeError(`the key for IP addresses of ${at.toISOString()} is destroyed`);
      return toDayHash(key).hash(buyerHash(merchantId)(groupAddress(ip)));
    },

    /**
     * What the hash of an address becomes under each living key of the days on which S9 may look back from a
     * moment on; the oldest first. Of that day itself a key is made, so that a repeat gives the same.
     */
    async dayHashes(merchantId: string, moment: Date): Promise<DayHash[]> {
      await keys.ofDay(merchantId, moment);
      return (await keys.lookingBack(merchantId, moment)).map(toDayHash);
    },

    shortenIpKeys: keys.shorten,
  };
}

function toDayHash({ day, key }: OpenKey): DayHash {
  return { day, hash: (addressHash) => keyedHash(key, addressHash) };
}
