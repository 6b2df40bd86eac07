import {
  buildTrialBalance,
  listEntriesOf,
  verifyLedger,
  type LedgerEntry,
  type LedgerStore,
} from './flow/ledger/index.ts';
import { canonicalJson } from './shared/hash.ts';
import type { CommissionStore } from './flow/commissions/index.ts';
import type { Config } from './config.ts';
import { openParts } from './compose.ts';
import type { Parts } from './wire-parts.ts';
import { formatMinorUnits } from './shared/minor-units.ts';

type Say = (line: string) => void;

/** `refledger trial-balance`: 0 when debits equal credits everywhere, else 1 (S12). */
export function printTrialBalance(config: Config, say: Say): Promise<number> {
  return checkEachMerchant(config, say, async (merchantId, { ledger: { ledger } }) => {
    const balances = buildTrialBalance(await ledger.balances(merchantId));
    for (const { currency, ...sides } of balances) {
      const [debit, credit, difference] = [sides.debit, sides.credit, sides.difference].map((amount) =>
        formatMinorUnits(amount, currency),
      );
      say(`${merchantId}  ${currency}  debit ${debit}  credit ${credit}  difference ${difference}`);
    }
    return balances.every(({ difference }) => difference === 0n);
  });
}

/** `refledger verify`: the hash chain of every merchant, its cached balances, and entries against commissions (S12). */
export function verifyBooks(config: Config, say: Say): Promise<number> {
  return checkEachMerchant(
    config,
    say,
    async (merchantId, { ledger: { ledger, findWrongBalance }, commissions }) => {
      const { entries, problem } = await verifyLedger(ledger, merchantId);
      const trouble =
        problem?.problem ??
        (await findMismatch(ledger.inOrder(merchantId), commissions.commissions)) ??
        (await findMissing(commissions.commissions.all(merchantId), ledger)) ??
        (await findWrongBalance(merchantId));
      say(
        `${merchantId}  ${entries} entries  ${trouble ?? 'the chain holds and agrees with the commissions'}`,
      );
      return trouble === undefined;
    },
  );
}

/** `refledger rebuild-balances`: adds the cached balances of every merchant up from the entries again (S12). */
export function rebuildBalances(config: Config, say: Say): Promise<number> {
  return checkEachMerchant(config, say, async (merchantId, { ledger }) => {
    say(`${merchantId}  ${await ledger.rebuildBalances(merchantId)} balances added up from the entries`);
    return true;
  });
}

/** 0 when every merchant's books pass the check, else 1. */
async function checkEachMerchant(
  config: Config,
  say: Say,
  check: (merchantId: string, parts: Parts) => Promise<boolean>,
): Promise<number> {
  const { parts, close } = await openParts(config);
  try {
    const merchantIds = await parts.commissions.commissions.merchantIds();
    if (merchantIds.length === 0) say('Nothing was posted yet.');
    let good = true;
    for (const merchantId of merchantIds) good = (await check(merchantId, parts)) && good;
    return good ? 0 : 1;
  } finally {
    await close();
  }
}

/** The first entry that does not move what its commission says. */
async function findMismatch(
  entries: AsyncIterable<LedgerEntry>,
  commissions: CommissionStore,
): Promise<string | undefined> {
  for await (const { merchantId, orderId, postingId, reference, seq, postings } of entries) {
    const commission = await commissions.byOrder(merchantId, orderId);
    const posting = commission?.postings.find(({ id }) => id === postingId);
    const stated =
      posting && listEntriesOf(merchantId, posting).find((entry) => entry.reference === reference);
    if (canonicalJson(stated?.postings) !== canonicalJson(postings)) {
      return `entry ${seq} does not agree with its commission`;
    }
  }
  return undefined;
}

/** The first step of a posting that is not in the ledger although no event is under way to bring it there. */
async function findMissing(
  commissions: ReturnType<CommissionStore['all']>,
  ledger: LedgerStore,
): Promise<string | undefined> {
  for await (const { merchantId, postings, pendingEvents } of commissions) {
    const underWay = new Set(pendingEvents.map(({ data }) => ('postingId' in data ? data.postingId : '')));
    for (const posting of postings) {
      if (underWay.has(posting.id)) continue;
      for (const { reference } of listEntriesOf(merchantId, posting)) {
        if (await ledger.byReference(merchantId, reference)) continue;
        return `a posting of order ${posting.receipt.order.number} is not in the ledger (${reference})`;
      }
    }
  }
  return undefined;
}
