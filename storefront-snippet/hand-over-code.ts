import { attempt } from './attempt.ts';
import type { Explain } from './explain.ts';
import { fillCodeFields } from './fill-code-fields.ts';
import { CODE, recall } from './keep-code.ts';
import type { FormsPage } from './page.ts';
import { readCode } from './read-code.ts';
import type { FormOptions } from './read-form-options.ts';
import { writeCartAttribute } from './write-cart-attribute.ts';

/** The code of this address, which the first script may still be about to keep, or the one kept before. */
export function findCode(page: FormsPage, options: FormOptions): string | undefined {
  return readCode(page.location.href, options.params) ?? recall(page, CODE);
}

/** Hands the code to the cart: into the forms that are there, and into Shopify's cart. */
export async function handOverCode(page: FormsPage, options: FormOptions, explain: Explain): Promise<void> {
  const code = findCode(page, options);
  if (code) await passOn(page, options, code, explain);
  else explain('no code to hand over');
}

/** Takes back what was handed over, because consent was withdrawn. */
export function takeBackCode(page: FormsPage, options: FormOptions, explain: Explain): Promise<void> {
  return passOn(page, options, '', explain);
}

/** A form that the shop's scripts add later is filled when it is sent. */
export function fillLateForms(
  page: FormsPage,
  { cartForm }: FormOptions,
  find: () => string | undefined,
): void {
  if (cartForm === undefined) return;
  page.document.addEventListener(
    'submit',
    () => attempt(() => fillCodeFields(page.document, cartForm, find() ?? '')),
    true,
  );
}

async function passOn(
  page: FormsPage,
  { cartForm, cart }: FormOptions,
  code: string,
  explain: Explain,
): Promise<void> {
  const what = code ? `code ${code}` : 'code taken back';
  if (cartForm !== undefined) {
    explain(`${what}: ${fillCodeFields(page.document, cartForm, code)} forms match ${cartForm}`);
  }
  if (cart === 'shopify') explain(`${what}: Shopify's cart answered ${await writeCartAttribute(page, code)}`);
}
