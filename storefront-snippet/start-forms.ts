import { answerCommands, type CommandFunction } from './answer-commands.ts';
import { followConsent } from './consent.ts';
import { describeVisit } from './describe-visit.ts';
import { createExplain, type Explain } from './explain.ts';
import { fillLateForms, findCode, handOverCode, takeBackCode } from './hand-over-code.ts';
import { handOverCoupon } from './hand-over-coupon.ts';
import { forgetCoupon } from './keep-coupon.ts';
import type { FormsPage } from './page.ts';
import { readFormOptions } from './read-form-options.ts';
import { refusesTracking } from './refuses-tracking.ts';
import { takeConversions } from './take-conversions.ts';
import { watchRequests } from './watch-requests.ts';
import { whenReady } from './when-ready.ts';

/** Runs the second script: gate by consent, then coupon and code to the cart, and what the page tells to us. */
export function startForms(
  page: FormsPage & { refledger?: CommandFunction },
  script: Pick<HTMLScriptElement, 'src' | 'dataset'>,
): void {
  const options = readFormOptions(page, script);
  const explain = createExplain(page, options.isDebug);
  const isRefused = options.privacySignals === 'respect' && refusesTracking(page.navigator);
  const conversions = takeConversions(page, options, explain);
  let isGranted = false;

  if (options.isDebug) {
    describeVisit(page, options).forEach(explain);
    watchRequests(page, options.server, explain);
  }
  fillLateForms(page, options, () => (isGranted ? findCode(page, options) : undefined));

  const begin = (): void => {
    isGranted = true;
    explain('may keep and send: consent is given or not needed');
    conversions.open();
    whenReady(page.document, () => {
      tellFailure(handOverCoupon(page, options, explain), explain);
      tellFailure(handOverCode(page, options, explain), explain);
    });
  };
  const end = (): void => {
    const wasGranted = isGranted;
    isGranted = false;
    explain('may keep and send nothing: consent is refused, or the browser asks not to be tracked');
    conversions.close();
    forgetCoupon(page);
    if (wasGranted) tellFailure(takeBackCode(page, options, explain), explain);
  };

  const follow = followConsent(isRefused ? end : begin, end);
  answerCommands(page, {
    consent: (granted: boolean) => follow(granted === true),
    conversion: (facts: unknown) => conversions.take('sale', facts),
    lead: (facts: unknown) => conversions.take('lead', facts),
  });
  if (isRefused || options.consent !== 'required') follow();
}

/** A selector that cannot be read, a request that was refused: nobody's error but the debugging owner's. */
function tellFailure(step: Promise<void>, explain: Explain): void {
  step.catch((error: unknown) => explain(String(error)));
}
