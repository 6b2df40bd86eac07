import { WooError } from './woo-error.ts';

/** What axios says of an answer that is longer than it may be; the code alone stands for more than that. */
const TOO_LARGE = /maxContentLength size of \d+ exceeded/;
/** The word of PrivateAddress, which axios passes on in an error of its own. */
const PRIVATE = /address that is not on the internet/;

/** A request that got no answer, in our words: of the library's error only code and message are looked at. */
export function describeBrokenRequest(
  error: unknown,
  { isLate, timeout }: { isLate: boolean; timeout: number },
): WooError {
  const { code = '', message = '' } = (error ?? {}) as { code?: string; message?: string };
  if (TOO_LARGE.test(message)) return new WooError('too-large', "The shop's answer is too large.");
  if (PRIVATE.test(message)) {
    return new WooError('refused-address', 'The shop is not at an address of the internet.');
  }
  if (isLate || code === 'ECONNABORTED' || code === 'ETIMEDOUT') {
    return new WooError('timed-out', `The shop did not answer within ${timeout / 1_000} s.`);
  }
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return new WooError('unreachable', "The shop's name was not found.");
  }
  if (/CERT|SSL|TLS|SIGNED|ALTNAME/.test(code)) {
    return new WooError('unreachable', "The shop's certificate is not valid.");
  }
  return new WooError('unreachable', 'The connection to the shop failed.');
}
