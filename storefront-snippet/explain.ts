import type { FormsPage } from './page.ts';

/** Tells the console of one step. */
export type Explain = (line: string) => void;

/** Says each step in the console while debugging, and else nothing. */
export function createExplain({ console }: Pick<FormsPage, 'console'>, isDebug: boolean): Explain {
  return (line) => {
    if (isDebug) console.info(`[refledger] ${line}`);
  };
}
