import { expect } from 'chai';
import { describeStatement } from '../../../server/flow/notifications/describe-statement.ts';
import { loadTemplates } from '../../../server/flow/notifications/load-templates.ts';
import { anOrder } from '../../support/an-order.ts';
import { Books } from '../../support/ledger-entries.ts';
import { stateFromOrThrow } from '../statements/a-statement.ts';

const recipient = { id: 'anna', name: 'Anna Berg', email: 'anna@partners.example' };
const order = (number: string, price: string) => anOrder(number).line({ price }).paid();
const { statementIssued } = loadTemplates();

function tell(books: Books, shop = 'Teehaus') {
  const sender = { name: shop, timeZone: 'Europe/Prague' };
  const draft = stateFromOrThrow(books, { timeZone: sender.timeZone });
  const issuedAt = new Date('2026-10-02T00:00:00Z');
  const view = describeStatement({ ...draft, _id: 's-3', number: 3, issuedAt }, recipient, sender);
  return { view, ...statementIssued(view) };
}

const aMonth = () =>
  new Books()
    .post('2026-08-21T10:00:00Z', order('996', '60.00').build())
    .post('2026-08-31T22:30:00Z', order('1001', '37.00').build())
    .post('2026-09-05T10:00:00Z', order('1001', '37.00').cancelled().build())
    .post('2026-09-11T10:00:00Z', order('1002', '1250.65').build())
    .post('2026-09-12T10:00:00Z', order('996', '60.00').cancelled().build());

describe('the mail of a statement', () => {
  it('says in its subject whose, which month and how much', () => {
    expect(tell(aMonth()).view.subject).to.equal('Teehaus: your September 2026 statement, 250.13 EUR');
  });

  it('reads in plain text like a page from a ledger', () => {
    expect(tell(aMonth()).text).to.equal(
      `
Hello Anna Berg,

this is your statement for September 2026 from Teehaus.
Your balance at the end of the month is 250.13 EUR, nothing of it payable yet.


Statement 3, amounts in EUR

  Opening balance     12.00
  Earned            +257.53
  Reversed           -19.40
  Closing balance    250.13


Every posting of the month

Order #1001
   1 Sep     +7.40   earned, version 1, pending
      20 % of 37.00 EUR is 7.40 EUR
      Base 37.00 EUR; 20 % (programme), rules version 1
   5 Sep     -7.40   reversed, version 2, pending
      0.00 EUR, because the order was cancelled; 0.00 EUR minus 7.40 EUR posted before is -7.40 EUR
      Base 37.00 EUR; 20 % (programme), rules version 1

Order #1002
  11 Sep   +250.13   earned, version 1, pending
      20 % of 1250.65 EUR is 250.13 EUR
      Base 1250.65 EUR; 20 % (programme), rules version 1

Order #996
  21 Aug    +12.00   version 1, in the opening balance
  12 Sep    -12.00   reversed, version 2, pending
      0.00 EUR, because the order was cancelled; 0.00 EUR minus 12.00 EUR posted before is -12.00 EUR
      Base 60.00 EUR; 20 % (programme), rules version 1

--
Sent automatically by the partner programme of Teehaus.
`.trimStart(),
    );
  });

  it('holds the same figures in HTML', () => {
    const { view, html } = tell(aMonth());
    const figures = [...view.figures, ...view.orders.flatMap(({ rows }) => rows)].map(({ amount }) =>
      amount.trim(),
    );
    expect(figures).to.have.length(9);
    for (const figure of figures) expect(html).to.include(`${figure}</td>`);
    for (const { title } of view.orders) expect(html).to.include(title);
  });

  it('says so when the balance only rested', () => {
    const { text, html } = tell(new Books().post('2026-08-21T10:00:00Z', order('996', '60.00').build()));
    expect(text).to.include('Nothing was posted in September 2026.').and.include('Earned              0.00');
    expect(html).to.include('Nothing was posted in September 2026.');
  });

  it('shows a hostile shop name as text', () => {
    expect(tell(aMonth(), '<script>alert(1)</script>').html).to.not.include('<script');
  });
});
