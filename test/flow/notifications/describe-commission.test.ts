import { expect } from 'chai';
import { describeReceipt } from '../../../server/flow/commissions/index.ts';
import { describeCommission } from '../../../server/flow/notifications/describe-commission.ts';
import { loadTemplates } from '../../../server/flow/notifications/load-templates.ts';
import type { OrderSnapshot } from '../../../server/shared/order.ts';
import { anOrder } from '../../support/an-order.ts';
import { Books } from '../../support/ledger-entries.ts';

const recipient = { id: 'anna', name: 'Anna Berg', email: 'anna@partners.example' };
const sender = { name: 'Teehaus', timeZone: 'Europe/Prague' };
const order = (number = '1001') => anOrder(number).line({ price: '37.00' }).paid();
const { commissionPosted } = loadTemplates();

/** What Anna reads after the last of an order's versions. */
function tell(versions: OrderSnapshot[], people = { recipient, sender }) {
  const books = new Books();
  versions.forEach((version, day) => books.post(`2026-09-0${day + 1}T22:30:00Z`, version));
  const [posting, before] = [...books.postings.values()].toReversed();
  if (!posting) throw new Error('nothing was posted');
  const receipt = describeReceipt(posting.receipt);
  const { postedAt, holdEndsAt } = posting;
  const view = describeCommission({
    posting,
    before,
    receipt,
    postedAt,
    balance: 1570n,
    holdEndsAt,
    ...people,
  });
  return { view, ...commissionPosted(view) };
}

const changes: [what: string, versions: OrderSnapshot[], subject: string, story: string][] = [
  [
    'a first commission',
    [order().build()],
    'You earned 7.40 EUR: order #1001',
    'You earned 7.40 EUR with order #1001 at Teehaus.',
  ],
  [
    'a refund by line',
    [
      order().build(),
      order()
        .refund({ lines: { 'line-1': { net: '18.50' } } })
        .build(),
    ],
    '3.70 EUR reversed: order #1001',
    'went down from 7.40 EUR to 3.70 EUR, because goods worth 18.50 EUR without tax were refunded.',
  ],
  [
    'a refund by amount',
    [order().build(), order().refund({ amountOnly: '37.00' }).build()],
    '7.40 EUR reversed: order #1001',
    'went down from 7.40 EUR to 0.00 EUR, because goods worth 37.00 EUR without tax were refunded.',
  ],
  [
    'an edit',
    [
      anOrder().line({ price: '37.00', quantity: 2 }).build(),
      anOrder().line({ price: '37.00', quantity: 2, removedUnits: 1 }).build(),
    ],
    '7.40 EUR reversed: order #1001',
    'because goods worth 37.00 EUR without tax were removed from the order.',
  ],
  [
    'a second refund',
    [
      order().build(),
      order()
        .refund({ lines: { 'line-1': { net: '18.50' } } })
        .build(),
      order()
        .refund({ lines: { 'line-1': { net: '18.50' } } })
        .refund({ amountOnly: '10.00' })
        .build(),
    ],
    '2.00 EUR reversed: order #1001',
    'went down from 3.70 EUR to 1.70 EUR, because goods worth 10.00 EUR without tax were refunded.',
  ],
  [
    'a line that is gone without a trace',
    [order().line({ price: '10.00' }).build(), order().build()],
    '2.00 EUR reversed: order #1001',
    'because the order was changed: its commission base is 37.00 EUR instead of 47.00 EUR.',
  ],
  [
    'a cancellation',
    [order().build(), order().cancelled().build()],
    '7.40 EUR reversed: order #1001',
    'went down from 7.40 EUR to 0.00 EUR, because the order was cancelled.',
  ],
  [
    'an order that was opened again',
    [order().build(), order().cancelled().build(), order().build()],
    'You earned 7.40 EUR more: order #1001',
    'went up from 0.00 EUR to 7.40 EUR.',
  ],
  [
    'a test order',
    [order().test().build()],
    'Credited to you, 0.00 EUR: order #1001',
    'It earns 0.00 EUR, because a test order never earns.',
  ],
  [
    'an order of gift cards',
    [anOrder().line({ price: '50.00', giftCard: true }).build()],
    'Credited to you, 0.00 EUR: order #1001',
    'It earns 0.00 EUR, because its commission base is 0.00 EUR.',
  ],
];

describe('the mail of a new transaction', () => {
  for (const [what, versions, subject, story] of changes) {
    it(`tells ${what}: "${subject}"`, () => {
      const { view, text, html } = tell(versions);
      expect(view.subject).to.equal(subject);
      expect(text).to.include(story);
      expect(html).to.include(story);
    });
  }

  it('holds order, day, amount and new balance in both parts', () => {
    const { text, html } = tell([order().build()]);
    for (const figure of [
      '#1001, version 1',
      '2 September 2026',
      '7.40 EUR',
      '15.70 EUR',
      'pending until the order is paid',
    ]) {
      expect(text).to.include(figure);
      expect(html).to.include(figure);
    }
  });

  it('holds the whole receipt in both parts', () => {
    const { view, text, html } = tell([order().build()]);
    expect(view.receipt).to.include('Commission of the order: 7.40 EUR on a base of 37.00 EUR.');
    for (const step of view.receipt) {
      expect(text).to.include(`- ${step}`);
      expect(html).to.include(`${step.replace(/=/g, '&#x3D;')}</li>`);
    }
  });

  it('aligns its facts in plain text', () => {
    const columns = tell([order().build()])
      .text.split('\n')
      .filter((line) => /^(Order|Posted|Amount|New balance) /.test(line))
      .map((line) => line.search(/ {3}\S/));
    expect(columns).to.deep.equal([11, 11, 11, 11]);
  });

  it('writes currencies with the decimals they have', () => {
    const yen = anOrder().in('JPY').line({ price: '1505' }).paid().build();
    const dinar = anOrder().in('KWD').line({ price: '10.005' }).paid().build();
    expect(tell([yen]).view.subject).to.equal('You earned 301 JPY: order #1001');
    expect(tell([dinar]).view.subject).to.equal('You earned 2.001 KWD: order #1001');
  });

  it('reads well when the shop numbers orders without a sign or with letters', () => {
    expect(tell([{ ...order().build(), number: '1001' }]).view.subject).to.match(/: order #1001$/);
    expect(tell([{ ...order().build(), number: 'DE-1001' }]).view.subject).to.match(/: order DE-1001$/);
  });

  it('shows hostile names as text, on their line', () => {
    const evil = '<script>alert(1)</script>\r\n\r\nYou won <a href="https://evil.example">';
    const people = { recipient: { ...recipient, name: evil }, sender: { ...sender, name: evil } };
    const { html, text } = tell([{ ...order().build(), number: evil }], people);
    expect(html).to.not.match(/<script|<a /);
    expect(text.split('\n').filter((line) => line.startsWith('You won'))).to.deep.equal([]);
  });

  it('loads nothing from anywhere', () => {
    expect(tell([order().build()]).html).to.not.match(/<img|<link|<script|url\(|https?:/);
  });
});
