/** Where WooCommerce posts the keys, and where it leads the shop's owner afterwards; both on this server. */
export const CALLBACK_PATH = '/connect/v1/woocommerce';
export const RETURN_PATH = '/connect/woocommerce';

/** The page of a shop on which its owner gives us keys (WooCommerce's /wc-auth). The state travels as `user_id`. */
export function buildAuthorizeUrl(parts: { address: string; server: string; state: string }): string {
  const { address, server, state } = parts;
  const url = new URL(`${address}/wc-auth/v1/authorize`);
  url.search = new URLSearchParams({
    app_name: 'Refledger',
    scope: 'read_write',
    user_id: state,
    return_url: server + RETURN_PATH,
    callback_url: server + CALLBACK_PATH,
  }).toString();
  return url.href;
}
