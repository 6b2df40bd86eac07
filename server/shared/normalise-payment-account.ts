import { foldText } from './fold-code.ts';

const NOT_OF_A_NAME = /[^\p{L}\p{M}\p{N}@]+/gu;

/**
 * An account that pays or is paid (an IBAN, a PayPal address) such that two spellings become equal (S9): folded,
 * without spaces and punctuation. Undefined when nothing is left of it.
 */
export function normalisePaymentAccount(raw: string): string | undefined {
  const account = foldText(raw).replace(NOT_OF_A_NAME, '');
  return account === '' ? undefined : account;
}
