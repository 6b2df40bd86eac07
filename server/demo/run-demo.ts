import { z } from 'zod';
import { checkBooks } from './check-books.ts';
import { chooseReceipt } from './choose-receipt.ts';
import { countPlatforms } from './count-platforms.ts';
import type { DemoReport } from './demo-report.ts';
import { expectBalances, type AffiliateFigures } from './expect-balances.ts';
import { openStage, type OpenStage } from './open-stage.ts';
import type { MonthPlan } from './plan/month-plan.ts';
import { planMonth } from './plan/plan-month.ts';
import { playMonth } from './play-month.ts';
import { printJson, printReport } from './print-report.ts';
import { readBooks } from './read-books.ts';
import { OWNER, setUpMerchant } from './set-up-merchant.ts';
import { createProgressReporter } from './report-progress.ts';

export interface DemoOptions {
  seed: number;
  json: boolean;
  /** Leaves the server up until Ctrl-C. */
  keep: boolean;
  out: NodeJS.WritableStream;
  progress: NodeJS.WritableStream;
  /** How many orders; the usual month when left out. */
  orders?: number;
  /** What the books are held against. */
  expect?: (plan: MonthPlan) => AffiliateFigures[];
}

const statementCounts = z.object({ issued: z.int() });

/**
 * Plays a made-up month against a real server and prints what it came to. The same seed gives the same
 * figures. Gives the exit code: 1 when the books are not what they must be.
 */
export async function runDemo(options: DemoOptions): Promise<number> {
  const { seed, json, keep, out, progress, orders } = options;
  const say = (line: string): void => void progress.write(`${line}\n`);
  const plan = planMonth({ seed, ...(orders !== undefined && { orders }) });
  say('Starting a server with an empty store, and a mail server ...');
  const stage = await openStage(plan);
  try {
    const report = await playAndCheck(plan, stage, say, options.expect ?? expectBalances);
    out.write(json ? printJson(report) : printReport(report));
    for (const problem of report.problems) say(problem);
    if (keep) await stayOpen(stage, json ? say : (line) => void out.write(`${line}\n`));
    return report.problems.length === 0 ? 0 : 1;
  } finally {
    await stage.close({ keepData: keep });
  }
}

async function playAndCheck(
  plan: MonthPlan,
  { server, sink, clock, mailFolder }: OpenStage,
  say: (line: string) => void,
  expect: (plan: MonthPlan) => AffiliateFigures[],
): Promise<DemoReport> {
  const { affiliates, shops, orders } = plan;
  say(`A merchant, ${affiliates.length} affiliates and ${shops.length} shops ...`);
  const account = await setUpMerchant(server, plan);
  say(`${orders.length} orders ...`);
  const delivered = await playMonth(plan, {
    serverUrl: server.url,
    clock,
    shops: account.shops,
    idle: () => server.idle(),
    onStep: createProgressReporter(plan, say),
  });
  say('The statements of the month ...');
  clock.moveTo(plan.endsAt);
  const { issued } = await account.api.post('/api/v1/statements', { period: plan.month }, statementCounts);
  await server.idle();
  const books = await readBooks(account.api, account.affiliateNames);
  return {
    seed: plan.seed,
    month: plan.month,
    affiliates: books.figures,
    trialBalance: books.trialBalance,
    platforms: countPlatforms(plan),
    receipt: await chooseReceipt(account.api, plan, books.postings),
    statements: issued,
    mailFolder,
    mails: sink.mails(),
    problems: checkBooks(books, expect(plan), delivered),
  };
}

/** Tells where everything is, and waits for Ctrl-C. */
async function stayOpen({ server, clock }: OpenStage, say: (line: string) => void): Promise<void> {
  clock.letRun();
  say(`
The server stays up until Ctrl-C:
  web       ${server.url}/
  API       ${server.url}/api/v1 (described in ${server.url}/api/v1/openapi.json)
  sign-in   ${OWNER.email} with the password "${OWNER.password}"
  data      ${server.dataDir}`);
  await new Promise<void>((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
}
