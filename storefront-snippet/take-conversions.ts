import type { Explain } from './explain.ts';
import type { FormsPage } from './page.ts';
import { readConversion, type Conversion } from './read-conversion.ts';
import type { FormOptions } from './read-form-options.ts';
import { sendConversion } from './send-conversion.ts';

export interface Conversions {
  /** Takes a sale or a lead from the page; it waits where consent is not given yet. */
  take(kind: Conversion['kind'], facts: unknown): void;
  /** Sends what waits, and from now on at once. */
  open(): void;
  /** From now on everything waits, in this page's memory only. */
  close(): void;
}

/** Takes the sales and leads that a page tells, each once. A mistake in the call is told in the console. */
export function takeConversions(page: FormsPage, options: FormOptions, explain: Explain): Conversions {
  const known = new Set<string>();
  const waiting: Conversion[] = [];
  let isOpen = false;

  const send = async (conversion: Conversion): Promise<void> => {
    const name = `${conversion.kind} ${conversion.externalId}`;
    try {
      const status = await sendConversion(page, options, conversion);
      explain(
        status === undefined ? `${name}: not sent, no affiliate sent this visitor` : `${name}: ${status}`,
      );
    } catch (error) {
      explain(`${name}: the browser refused to send it (${String(error)})`);
    }
  };

  return {
    take(kind, facts) {
      const conversion = readOrWarn(page, kind, facts);
      if (!conversion) return;
      const name = `${kind} ${conversion.externalId}`;
      if (known.has(name)) return explain(`${name}: known already`);
      known.add(name);
      if (isOpen) return void send(conversion);
      waiting.push(conversion);
      explain(`${name}: waits for consent`);
    },
    open() {
      isOpen = true;
      for (const conversion of waiting.splice(0)) void send(conversion);
    },
    close() {
      isOpen = false;
    },
  };
}

/** Told always, not only while debugging: it is the shop's own code that needs mending. */
function readOrWarn(
  { console }: FormsPage,
  kind: Conversion['kind'],
  facts: unknown,
): Conversion | undefined {
  try {
    return readConversion(kind, facts);
  } catch (error) {
    const command = kind === 'sale' ? 'conversion' : kind;
    console.warn(`refledger('${command}', ...) was not sent: ${(error as Error).message}`);
    return undefined;
  }
}
