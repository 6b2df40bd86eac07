import { Resolver } from 'node:dns/promises';

const TIMEOUT = 5_000;

/** The TXT records of a name, each in one piece; or in words why there are none. */
export type TxtRecords = { ok: true; records: string[] } | { ok: false; reason: string };

/** Reads the TXT records of a name. Never throws. */
export type ReadTxt = (name: string) => Promise<TxtRecords>;

/** Over this machine's name servers. */
export function createReadTxt(resolver = new Resolver({ timeout: TIMEOUT, tries: 1 })): ReadTxt {
  return async (name) => {
    try {
      const records = await resolver.resolveTxt(name);
      return { ok: true, records: records.map((chunks) => chunks.join('')) };
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      const isAbsent = code === 'ENOTFOUND' || code === 'ENODATA';
      return { ok: false, reason: isAbsent ? 'there is no TXT record' : 'the name servers did not answer' };
    }
  };
}
