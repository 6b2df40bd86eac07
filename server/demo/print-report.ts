import { basename } from 'node:path';
import { formatMinorUnits } from '../shared/minor-units.ts';
import type { DemoReport } from './demo-report.ts';
import type { AffiliateFigures } from './expect-balances.ts';
import { layoutTable } from './layout-table.ts';
import { groupBy } from './plan/group-by.ts';

const MOST_EXAMPLES = 2;

/** A run for people. */
export function printReport(report: DemoReport): string {
  const sections = [
    [`The month ${report.month}, made up from seed ${report.seed}`],
    ...[...groupBy(report.affiliates, ({ currency }) => currency)].map(([currency, rows]) =>
      printAffiliates(currency, rows),
    ),
    printTrialBalance(report),
    printPlatforms(report),
    printReceipt(report),
    printMails(report),
    printVerdict(report),
  ];
  return `${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

/** A run for programs: one JSON document, amounts as integers in minor units. */
export function printJson(report: DemoReport): string {
  const asInteger = (_key: string, value: unknown): unknown =>
    typeof value === 'bigint' ? Number(value) : value;
  return `${JSON.stringify(report, asInteger, 2)}\n`;
}

function printAffiliates(currency: string, rows: AffiliateFigures[]): string[] {
  const money = (amount: bigint): string => formatMinorUnits(amount, currency);
  return layoutTable([
    [`Affiliates, ${currency}`, 'orders', 'commission', 'reversals', 'balance'],
    ...rows.map(({ name, orders, commission, reversals, balance }) => [
      name,
      String(orders),
      money(commission),
      money(reversals),
      money(balance),
    ]),
  ]);
}

function printTrialBalance({ trialBalance }: DemoReport): string[] {
  return layoutTable([
    ['Trial balance', 'debit', 'credit', 'difference'],
    ...trialBalance.map(({ currency, debit, credit, difference }) => [
      currency,
      ...[debit, credit, difference].map((amount) => formatMinorUnits(amount, currency)),
    ]),
  ]);
}

function printPlatforms({ platforms }: DemoReport): string[] {
  return layoutTable([
    ['Platforms', 'orders', 'deliveries', 'repeated', 'out of order', 'refunded', 'edited'],
    ...platforms.map(({ name, orders, deliveries, repeated, outOfOrder, refunded, edited }) => [
      name,
      ...[orders, deliveries, repeated, outOfOrder, refunded, edited].map(String),
    ]),
  ]);
}

function printReceipt({ receipt }: DemoReport): string[] {
  if (!receipt) return ['No receipt: no order was credited to anybody.'];
  const { affiliate, orderNumber, words } = receipt;
  return [`A receipt: ${affiliate}, order ${orderNumber}`, ...words.map((line) => `  ${line}`)];
}

function printMails({ mails, mailFolder, statements }: DemoReport): string[] {
  const examples = mails.slice(0, MOST_EXAMPLES).map(({ html }) => `  ${basename(html)}`);
  return [
    `${statements} statements were issued; ${mails.length} e-mails lie as .eml and .html in ${mailFolder}`,
    ...examples,
  ];
}

function printVerdict({ problems }: DemoReport): string[] {
  if (problems.length === 0) return ['Checked against an independent recomputation: equal.'];
  return ['Something is wrong:', ...problems.map((problem) => `  ${problem}`)];
}
