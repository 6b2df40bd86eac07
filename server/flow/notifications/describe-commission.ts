import { describeMoney } from '../../shared/minor-units.ts';
import type { PostingState } from '../../shared/posting-state.ts';
import type { CommissionPosting } from '../commissions/index.ts';
import { describeChange } from './describe-change.ts';
import { describeOrderNumber } from './describe-order-number.ts';
import { formatDay } from './format-day.ts';
import type { Recipient, Sender } from './people.ts';

export interface PostedCommission {
  posting: CommissionPosting;
  /** The affiliate's posting before for the same order, undefined for the first. */
  before: CommissionPosting | undefined;
  /** The posting's receipt in words. */
  receipt: string[];
  postedAt: Date;
  /** The affiliate's balance in this currency after the posting. Minor units. */
  balance: bigint;
  /** When the hold of the order is over; null while it does not run. */
  holdEndsAt: Date | null;
  recipient: Recipient;
  sender: Sender;
}

/** What the mail of one new transaction says. */
export interface CommissionMailView {
  subject: string;
  preview: string;
  recipientName: string;
  senderName: string;
  headline: string;
  story: string;
  facts: { label: string; value: string }[];
  receipt: string[];
}

/** Puts a new transaction into words for the affiliate: what, why, the receipt, the new balance (S16). */
export function describeCommission(facts: PostedCommission): CommissionMailView {
  const { posting, postedAt, recipient, sender } = facts;
  const { version } = posting.receipt.order;
  const number = describeOrderNumber(posting.receipt.order.number);
  const sale = `order ${number} at ${sender.name}`;
  const { headline, story } = describeChange(posting.receipt, facts.before?.receipt, sale);
  const balance = describeMoney(facts.balance, posting.currency);
  return {
    subject: `${headline}: order ${number}`,
    preview: `New balance with ${sender.name}: ${balance}`,
    recipientName: recipient.name,
    senderName: sender.name,
    headline,
    story,
    facts: alignLabels([
      ['Order', `${number}, version ${version}`],
      ['Posted', formatDay(postedAt, sender.timeZone)],
      ['Amount', describeMoney(posting.amount, posting.currency)],
      ['Status', describeState(posting.state, facts.holdEndsAt, sender.timeZone)],
      ['New balance', balance],
    ]),
    receipt: facts.receipt,
  };
}

/** Where the posting stands, and until when (S7). */
function describeState(state: PostingState, holdEndsAt: Date | null, timeZone: string): string {
  if (state !== 'pending') return state;
  return holdEndsAt ? `pending until ${formatDay(holdEndsAt, timeZone)}` : 'pending until the order is paid';
}

function alignLabels(rows: [string, string][]): CommissionMailView['facts'] {
  const width = Math.max(...rows.map(([label]) => label.length));
  return rows.map(([label, value]) => ({ label: label.padEnd(width), value }));
}
