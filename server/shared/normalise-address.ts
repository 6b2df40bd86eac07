import { foldText } from './fold-code.ts';

const NOT_OF_A_WORD = /[^\p{L}\p{M}\p{N}]+/gu;

/** A postal address as the store gives it; `country` is its two-letter code. */
export interface PostalAddress {
  country: string;
  postcode: string;
  city: string;
  line1: string;
  line2?: string;
}

/**
 * A postal address such that two spellings of one home become equal (S9): folded, punctuation and the split
 * between the two lines ignored; fields joined by newlines. Undefined when it names no home: the country,
 * the first line and one of postcode and city are needed.
 * Vectors: test/support/vectors/buyer-keys.json, shared with the WooCommerce plugin.
 */
export function normaliseAddress(address: PostalAddress): string | undefined {
  const country = foldWords(address.country, '');
  const postcode = foldWords(address.postcode, '');
  const city = foldWords(address.city, ' ');
  const line1 = foldWords(address.line1, ' ');
  if (!country || !line1 || !(postcode || city)) return undefined;
  const street = foldWords(`${address.line1} ${address.line2 ?? ''}`, ' ');
  return [country, postcode, city, street].join('\n');
}

function foldWords(text: string, gap: string): string {
  return foldText(text).replace(NOT_OF_A_WORD, ' ').trim().replaceAll(' ', gap);
}
