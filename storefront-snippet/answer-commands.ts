import { attempt } from './attempt.ts';

type Call = ArrayLike<unknown>;
type Commands = Record<string, (value: never) => void>;

/** `window.refledger`: a function that takes a command, e.g. `refledger('consent', true)`. */
export interface CommandFunction {
  (...call: unknown[]): void;
  /** Every call so far, also those that a page made through a stub of its own before this script arrived. */
  q?: Call[];
}

/**
 * Answers the commands a page gives and those it gave already. Never throws; a command that nobody knows waits
 * in the list for the other script: whichever arrives second puts itself around the first.
 */
export function answerCommands(host: { refledger?: CommandFunction }, commands: Commands): void {
  const q = host.refledger?.q ?? [];
  const note: CommandFunction = host.refledger ?? ((...call) => q.push(call));
  const answer = (call: Call): void => attempt(() => commands[call[0] as string]?.(call[1] as never));
  q.forEach(answer);
  const command: CommandFunction = (...call) => {
    note(...call);
    answer(call);
  };
  host.refledger = Object.assign(command, { q });
}
