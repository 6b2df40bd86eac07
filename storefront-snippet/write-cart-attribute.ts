import { CODE } from './keep-code.ts';
import type { FormsPage } from './page.ts';

/**
 * Writes the code into the attributes of Shopify's cart, from which it comes with the order; an empty code takes
 * it back. At every page: checkout copies the attributes as it opens, and a cart is new after an order.
 */
export async function writeCartAttribute(page: FormsPage, code: string): Promise<number> {
  const { status } = await page.fetch(`${page.Shopify?.routes?.root ?? '/'}cart/update.js`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ attributes: { [CODE]: code } }),
  });
  return status;
}
