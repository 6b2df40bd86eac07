import { attempt } from './attempt.ts';

type Arguments = [command: string, ...values: unknown[]];
type Commands = Record<string, (value: never) => void>;

/** `window.refledger`: a function that takes a command, e.g. `refledger('consent', true)`. */
export interface CommandFunction {
  (...args: Arguments): void;
  /** Calls that a page made through a stub of its own before this script arrived. */
  q?: Iterable<unknown>[];
}

/** Answers the commands a page gives and those it gave already. Never throws; an unknown command does nothing. */
export function answerCommands(host: { refledger?: CommandFunction }, commands: Commands): void {
  const waiting = host.refledger?.q ?? [];
  host.refledger = (command, value) => attempt(() => commands[command]?.(value as never));
  for (const args of waiting) host.refledger(...(args as Arguments));
}
