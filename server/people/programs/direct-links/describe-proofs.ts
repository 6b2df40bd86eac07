import type { DirectLink } from './direct-link.ts';

/** Where to put the proof; any one of the three is enough. */
export interface Proofs {
  dns: { name: string; value: string };
  file: { url: string; content: string };
  meta: { page: string; tag: string };
}

/**
 * Where the proof of a site goes. DNS and file belong to the owner of the whole host; the tag proves just the page it
 * stands on, so that on a host that people share it has to be on the page of the registered path.
 */
export function describeProofs({ host, pathPrefix, token }: DirectLink): Proofs {
  return {
    dns: { name: `_refledger.${host}`, value: `refledger-verify=${token}` },
    file: { url: `https://${host}/.well-known/refledger-verify.txt`, content: token },
    meta: {
      page: `https://${host}${pathPrefix === '' ? '/' : pathPrefix}`,
      tag: `<meta name="refledger-verify" content="${token}">`,
    },
  };
}
