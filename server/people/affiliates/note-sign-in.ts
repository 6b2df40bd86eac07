import type { AffiliateDeps } from './create-affiliate.ts';

/** A sign-in to the portal. */
export interface SignIn {
  ip: string | null;
  /** Of the browser, where our snippet gave it one. */
  visitorKey: string | null;
}

/** Notes from where and in which browser an affiliate signed in to the portal (S9), as hashes. */
export async function noteSignIn(
  { affiliates, buyerHash, hashIp, clock }: AffiliateDeps,
  { merchantId, id }: { merchantId: string; id: string },
  { ip, visitorKey }: SignIn,
): Promise<void> {
  const at = clock();
  const visit = ip === null ? null : { ipHash: await hashIp(merchantId, ip, at), at };
  const browser = visitorKey === null ? null : buyerHash(merchantId)(visitorKey);
  await affiliates.noteSignIn(merchantId, id, { visit, browser });
}
