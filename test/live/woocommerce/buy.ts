import type { BrowserContext, Page } from 'playwright-core';
import type { WordPress } from './a-wordpress.ts';

const BUYER = {
  first_name: 'Berta',
  last_name: 'Buyer',
  address_1: 'Lindenallee 7',
  city: 'Berlin',
  postcode: '10115',
  country: 'DE',
  phone: '030123456',
};

/** Follows a link of the shop and waits until both scripts did what they do. */
export async function follow(visitor: BrowserContext, url: string): Promise<Page> {
  const page = await visitor.newPage();
  const kept = page.waitForResponse((response) => response.url().includes('refledger/v1/visit'));
  const told = page.waitForResponse((response) => response.url().includes('/collect/v1/touches'));
  await page.goto(url);
  await Promise.all([kept, told]);
  return page;
}

export async function addToCart(page: Page, { url, product }: WordPress): Promise<void> {
  await page.goto(`${url}/?add-to-cart=${product}`);
}

/** The store owner in the admin area. */
export async function signInAsOwner(visitor: BrowserContext, { url }: WordPress): Promise<Page> {
  const page = await visitor.newPage();
  await page.goto(`${url}/wp-login.php`);
  await page.fill('#user_login', 'admin');
  await page.fill('#user_pass', 'admin');
  await page.click('#wp-submit');
  await page.waitForURL(/wp-admin/);
  return page;
}

/** Goes through the classic checkout; resolves with the id of the order. */
export async function buyClassic(page: Page, shop: WordPress, email: string): Promise<number> {
  await placeClassic(page, shop, email);
  return received(page);
}

/** Fills the classic checkout and places the order. */
export async function placeClassic(
  page: Page,
  { url }: WordPress,
  email: string,
  payment?: string,
): Promise<void> {
  await page.goto(`${url}/classic-checkout/`);
  for (const name of ['first_name', 'last_name', 'address_1', 'city', 'postcode', 'phone'] as const) {
    await page.fill(`#billing_${name}`, BUYER[name]);
  }
  await page.fill('#billing_email', email);
  await page.locator('.blockOverlay').first().waitFor({ state: 'detached' });
  if (payment) await page.locator(`label[for=payment_method_${payment}]`).click();
  await page.click('#place_order');
}

/** Goes through the block checkout; resolves with the id of the order. */
export async function buyByBlocks(
  page: Page,
  { url }: WordPress,
  email: string,
  coupon?: string,
): Promise<number> {
  await page.goto(`${url}/checkout/`);
  await page.fill('#email', email);
  for (const name of ['first_name', 'last_name', 'address_1', 'city', 'postcode', 'phone'] as const) {
    const field = page.locator(`#billing-${name}`);
    if ((await field.count()) > 0) await field.fill(BUYER[name]);
  }
  if (coupon) {
    await page
      .getByRole('button', { name: /coupon/i })
      .first()
      .click();
    await page.getByLabel(/enter code/i).fill(coupon);
    await page.getByRole('button', { name: 'Apply' }).click();
    await page.getByText(new RegExp(coupon, 'i')).first().waitFor();
  }
  await page.click('.wc-block-components-checkout-place-order-button');
  return received(page);
}

/** Waits for the page that thanks; resolves with the id of the order. */
export async function received(page: Page): Promise<number> {
  await page.waitForURL(/order-received\/\d+/);
  return parseInt(/order-received\/(\d+)/.exec(page.url())?.[1] ?? '', 10);
}

/** Buys by the shop's API with a cart token, as an app or a headless storefront does: no cookies at all. */
export async function buyHeadless(
  { url, product }: WordPress,
  { email, ref }: { email: string; ref?: unknown },
): Promise<{ status: number; id: number }> {
  const api = `${url}/wp-json/wc/store/v1`;
  const token = (await fetch(`${api}/cart`)).headers.get('cart-token') ?? '';
  const post = (path: string, body: unknown): Promise<Response> =>
    fetch(api + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'cart-token': token },
      body: JSON.stringify(body),
    });
  await post('/cart/add-item', { id: product, quantity: 1 });
  const answer = await post('/checkout', {
    billing_address: { ...BUYER, email },
    payment_method: 'cod',
    ...(ref === undefined ? {} : { extensions: { refledger: { ref } } }),
  });
  const body = (await answer.json()) as { order_id?: number };
  return { status: answer.status, id: body.order_id ?? 0 };
}
