import { HOUR, type Clock } from '../../shared/clock.ts';
import type { NewId } from '../../shared/ids.ts';
import { LONGEST_IP_HOURS } from '../../shared/program-settings.ts';
import { decryptSecret, encryptSecret, randomToken } from '../../platform/crypto/index.ts';
import { findKeyEnd } from './find-key-end.ts';
import type { IpKey } from './ip-key.model.ts';
import type { IpKeyStore } from './ip-key.store.ts';
import { nameDay } from './name-day.ts';

/** A process of very many merchants opens a key again now and then. */
const MOST_OPEN_KEYS = 10_000;

/** The key of one day, open. */
export interface OpenKey {
  day: string;
  key: Buffer;
  expiresAt: Date;
}

export interface IpKeysDeps {
  store: IpKeyStore;
  masterSecret: string;
  /** How many days a key of the merchant's outlives its day. */
  ipHashDays: (merchantId: string) => Promise<number>;
  clock: Clock;
  newId: NewId;
}

/**
 * One random key for each merchant and day. It exists once, encrypted, and is destroyed some days after its day:
 * what was hashed under it can still be compared then, and never be made again. Open keys are kept in memory for
 * as long as they live.
 */
export function createIpKeys({ store, masterSecret, ipHashDays, clock, newId }: IpKeysDeps) {
  const opened = new Map<string, OpenKey>();

  return {
    /**
     * The key of the day of a moment; made when it is asked for first.
     * @returns undefined when it is destroyed, or would be by now
     */
    async ofDay(merchantId: string, moment: Date): Promise<OpenKey | undefined> {
      const day = nameDay(moment);
      const known = opened.get(placeOf({ merchantId, day }));
      const key = known ?? (await findOrMake(merchantId, day));
      return key && key.expiresAt > clock() ? key : undefined;
    },

    /** The keys that live of the days which S9 may look back on from a moment on, its own day included. */
    async lookingBack(merchantId: string, moment: Date): Promise<OpenKey[]> {
      const from = nameDay(new Date(moment.getTime() - LONGEST_IP_HOURS * HOUR));
      const days = { from, to: nameDay(moment) };
      return (await store.living(merchantId, days, clock())).map(open);
    },

    /** Lets no key of the merchant's outlive its day by more than that. */
    async shorten(merchantId: string, days: number): Promise<void> {
      const keys = await store.all(merchantId);
      const ends = keys.map((key) => ({ key, end: findKeyEnd(key.day, days) }));
      await Promise.all(
        ends.filter(({ key, end }) => end < key.expiresAt).map(({ key, end }) => store.shorten(key, end)),
      );
      for (const { day } of keys) opened.delete(placeOf({ merchantId, day }));
    },
  };

  async function findOrMake(merchantId: string, day: string): Promise<OpenKey | undefined> {
    const found = await store.find(merchantId, day);
    if (found) return open(found);
    const expiresAt = findKeyEnd(day, await ipHashDays(merchantId));
    if (expiresAt <= clock()) return undefined;
    const context = placeOf({ merchantId, day });
    const encryptedKey = encryptSecret(randomToken(), { masterSecret, context });
    return open(await store.keep({ merchantId, _id: newId(), day, encryptedKey, expiresAt }));
  }

  function open({ merchantId, day, encryptedKey, expiresAt }: IpKey): OpenKey {
    const context = placeOf({ merchantId, day });
    const known = opened.get(context);
    if (known) return known;
    const key = Buffer.from(decryptSecret(encryptedKey, { masterSecret, context }), 'base64url');
    forgetOld();
    opened.set(context, { day, key, expiresAt });
    return { day, key, expiresAt };
  }

  /** A key that is destroyed is not to be found in memory either. */
  function forgetOld(): void {
    const now = clock();
    for (const [place, { expiresAt }] of opened) {
      if (expiresAt > now && opened.size < MOST_OPEN_KEYS) continue;
      opened.delete(place);
    }
  }
}

/** Where a key belongs; encrypted for one place it cannot be read at another. */
function placeOf({ merchantId, day }: Pick<IpKey, 'merchantId' | 'day'>): string {
  return `ip-key:${merchantId}:${day}`;
}
