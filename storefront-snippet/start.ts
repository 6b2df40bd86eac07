import { answerCommands, type CommandFunction } from './answer-commands.ts';
import { followConsent } from './consent.ts';
import { CODE, VISITOR, forget, keep, recall, restore } from './keep-code.ts';
import { newVisitorKey } from './new-visitor-key.ts';
import type { Page } from './page.ts';
import { readCode } from './read-code.ts';
import { readOptions } from './read-options.ts';
import { sendTouch } from './send-touch.ts';

/** Runs the snippet on a page: gate by consent, then keep the code of the URL and post one touch for it. */
export function start(
  page: Page & { refledger?: CommandFunction },
  script: Pick<HTMLScriptElement, 'src' | 'dataset'>,
): void {
  const options = readOptions(script);

  const follow = followConsent(
    () => {
      const code = readCode(page.location.search, options.params);
      if (!code) return [CODE, VISITOR].forEach((name) => restore(page, name));
      const visitorKey = recall(page, VISITOR) ?? newVisitorKey(page);
      keep(page, CODE, code, options.window);
      keep(page, VISITOR, visitorKey, options.window);
      sendTouch(page, options, code, visitorKey);
    },
    () => [CODE, VISITOR].forEach((name) => forget(page, name)),
  );

  let answered = false;
  answerCommands(page, {
    consent(granted: boolean) {
      answered = true;
      follow(granted === true);
    },
  });
  if (!options.consentRequired && !answered) follow(true);
}
