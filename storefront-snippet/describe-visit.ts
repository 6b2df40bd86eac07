import { attempt } from './attempt.ts';
import { comesFromElsewhere } from './comes-from-elsewhere.ts';
import { CODE, VISITOR } from './keep-code.ts';
import type { FormsPage } from './page.ts';
import { readCode } from './read-code.ts';
import type { FormOptions } from './read-form-options.ts';
import { refusesTracking } from './refuses-tracking.ts';

/** For debugging: what the scripts find on this page, in words, and so why a touch is sent or not. */
export function describeVisit(page: FormsPage, options: FormOptions): string[] {
  const code = readCode(page.location.href, options.params);
  const params = options.params.map((name) => `?${name}=`).join(', ');
  return [
    `store ${options.storeKey ?? '(none: name it by ?store= in the address of the script)'} at ${options.server}`,
    code ? `found the code ${code} in this address` : `found no code in this address (looked for ${params})`,
    ...describeReferrer(page, options, code),
    ...describeGates(page, options),
    `kept from before: ${describeKept(page, CODE)}, ${describeKept(page, VISITOR)}`,
  ];
}

function describeReferrer(page: FormsPage, { direct }: FormOptions, code: string | undefined): string[] {
  if (code) return [];
  if (direct === undefined) return ['no touch: there is no code, and data-direct is not set'];
  if (comesFromElsewhere(page)) return [`a touch by the referrer ${page.document.referrer}`];
  return ['no touch: there is no code, and no other site led here'];
}

function describeGates({ navigator }: FormsPage, { consent, privacySignals }: FormOptions): string[] {
  const signals = privacySignals === 'respect' && refusesTracking(navigator);
  return [
    ...(consent === 'required'
      ? ["waits for consent: call refledger('consent', true) when it is given"]
      : []),
    ...(signals ? ['this browser asks not to be tracked: nothing is kept or sent'] : []),
  ];
}

function describeKept(page: FormsPage, name: string): string {
  const inCookie = attempt(() => page.document.cookie.includes(`${name}=`));
  const inStorage = attempt(() => name in page.localStorage);
  const places = [inCookie ? 'cookie' : '', inStorage ? 'localStorage' : ''].filter(Boolean).join(' and ');
  const isBlocked = inCookie === undefined && inStorage === undefined;
  return `${name} ${isBlocked ? 'nowhere, storage is blocked' : places ? `in ${places}` : 'nowhere'}`;
}
