import type { FakeKeys } from './check-signature.ts';

/** What WooCommerce posts, and where it leads the shop's owner afterwards when the answer was 200. */
export interface Agreement {
  /** Of the callback. Everything but 200 lets WooCommerce delete the keys again. */
  status: number;
  returnUrl: string;
}

/**
 * What WooCommerce does when its owner agrees on the page of `/wc-auth/v1/authorize`: posts keys to the callback,
 * which must be https unless both are on one machine, and leads back with `success` and `user_id`.
 * @param rights of the keys; as asked for when left out
 */
export async function agreeToKeys(
  authorizeUrl: string,
  { consumerKey, consumerSecret }: FakeKeys,
  rights?: string,
): Promise<Agreement> {
  const asked = new URL(authorizeUrl).searchParams;
  const ask = (name: string): string => asked.get(name) ?? '';
  const posted = {
    key_id: 1,
    user_id: ask('user_id'),
    consumer_key: consumerKey,
    consumer_secret: consumerSecret,
    key_permissions: rights ?? ask('scope'),
  };
  const { status } = await fetch(ask('callback_url'), {
    method: 'POST',
    redirect: 'error',
    headers: { 'Content-Type': 'application/json;charset=UTF-8' },
    body: JSON.stringify(posted),
  });
  const returnUrl = new URL(ask('return_url'));
  returnUrl.searchParams.set('success', '1');
  returnUrl.searchParams.set('user_id', posted.user_id);
  return { status, returnUrl: returnUrl.href };
}
