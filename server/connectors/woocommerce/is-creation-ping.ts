const PING = /^webhook_id=\d{1,20}$/;

/**
 * True for what WooCommerce sends when a webhook is created: a form, unsigned and without a topic. Until it
 * was answered with exactly 200, one follows every delivery (woocommerce.md 2.9).
 */
export function isCreationPing(signature: string | undefined, body: Buffer): boolean {
  return signature === undefined && PING.test(body.toString('latin1'));
}
