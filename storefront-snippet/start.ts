import { answerCommands, type CommandFunction } from './answer-commands.ts';
import { comesFromElsewhere } from './comes-from-elsewhere.ts';
import { followConsent } from './consent.ts';
import { CODE, VISITOR, forget, keep, recall } from './keep-code.ts';
import { newVisitorKey } from './new-visitor-key.ts';
import type { Page } from './page.ts';
import { readCode } from './read-code.ts';
import { readOptions } from './read-options.ts';
import { refusesTracking } from './refuses-tracking.ts';
import { sendTouch } from './send-touch.ts';

/** Runs the snippet on a page: gate by consent, then keep the code of the URL and post one touch for it. */
export function start(
  page: Page & { refledger?: CommandFunction },
  script: Pick<HTMLScriptElement, 'src' | 'dataset'>,
): void {
  const options = readOptions(script);
  const isRefused = options.privacySignals === 'respect' && refusesTracking(page.navigator);

  const collect = (): void => {
    const code = readCode(page.location.href, options.params);
    const visitorKey = recall(page, VISITOR) ?? newVisitorKey(page);
    recall(page, CODE);
    if (code) keep(page, CODE, code, options.window);
    if (code || ('direct' in options && comesFromElsewhere(page))) {
      keep(page, VISITOR, visitorKey, options.window);
      sendTouch(page, options, code, visitorKey);
    }
  };
  const forgetAll = (): void => [CODE, VISITOR].forEach((name) => forget(page, name));

  const follow = followConsent(isRefused ? forgetAll : collect, forgetAll);
  answerCommands(page, { consent: (granted: boolean) => follow(granted === true) });
  if (isRefused || options.consent !== 'required') follow();
}
