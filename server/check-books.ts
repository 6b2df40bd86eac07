import { buildTrialBalance, verifyLedger, type LedgerEntry } from './flow/ledger/index.ts';
import { readMovedAmount } from './shared/accounts.ts';
import type { CommissionStore } from './flow/commissions/index.ts';
import type { Config } from './config.ts';
import { openParts } from './compose.ts';
import { formatMinorUnits } from './shared/minor-units.ts';

type Say = (line: string) => void;

/** `refledger trial-balance`: 0 when debits equal credits everywhere, else 1 (S12). */
export async function printTrialBalance(config: Config, say: Say): Promise<number> {
  const { parts, close } = await openParts(config);
  try {
    let code = 0;
    const { ledger } = parts.ledger;
    const merchantIds = await ledger.merchantIds();
    if (merchantIds.length === 0) say('The ledger has no entries yet.');
    for (const merchantId of merchantIds) {
      for (const { currency, debit, credit, difference } of buildTrialBalance(
        await ledger.balances(merchantId),
      )) {
        const [left, right] = [debit, credit].map((amount) => formatMinorUnits(amount, currency));
        say(
          `${merchantId}  ${currency}  debit ${left}  credit ${right}  difference ${formatMinorUnits(difference, currency)}`,
        );
        if (difference !== 0n) code = 1;
      }
    }
    return code;
  } finally {
    await close();
  }
}

/** `refledger verify`: the hash chain of every merchant, and every entry against its commission (S12). */
export async function verifyBooks(config: Config, say: Say): Promise<number> {
  const { parts, close } = await openParts(config);
  try {
    let code = 0;
    const { ledger } = parts.ledger;
    const merchantIds = await ledger.merchantIds();
    if (merchantIds.length === 0) say('The ledger has no entries yet.');
    for (const merchantId of merchantIds) {
      const { entries, problem } = await verifyLedger(ledger, merchantId);
      const mismatch = problem
        ? undefined
        : await findMismatch(ledger.inOrder(merchantId), parts.commissions.commissions);
      const verdict = problem?.problem ?? mismatch ?? 'the chain holds and agrees with the commissions';
      say(`${merchantId}  ${entries} entries  ${verdict}`);
      if (problem || mismatch !== undefined) code = 1;
    }
    return code;
  } finally {
    await close();
  }
}

/** The first entry that does not move what its commission says. */
async function findMismatch(
  entries: AsyncIterable<LedgerEntry>,
  commissions: CommissionStore,
): Promise<string | undefined> {
  for await (const entry of entries) {
    const commission = await commissions.byOrder(entry.merchantId, entry.orderId);
    const posting = commission?.postings.find(({ id }) => id === entry.postingId);
    if (posting?.amount !== readMovedAmount(entry)) {
      return `entry ${entry.seq} does not agree with its commission`;
    }
  }
  return undefined;
}
