import type { AffiliateFigures } from './expect-balances.ts';
import type { SunkMail } from './mail-sink.ts';
import type { PlatformFigures } from './count-platforms.ts';
import type { TrialBalance } from './read-books.ts';
import type { ChosenReceipt } from './choose-receipt.ts';

/** All that a run came to. Amounts are minor units. */
export interface DemoReport {
  seed: number;
  month: string;
  /** By name, then currency. */
  affiliates: AffiliateFigures[];
  trialBalance: TrialBalance[];
  platforms: PlatformFigures[];
  receipt: ChosenReceipt | null;
  statements: number;
  mailFolder: string;
  mails: SunkMail[];
  /** What is wrong, in words; empty when the books are as expected. */
  problems: string[];
}
