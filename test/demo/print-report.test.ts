import { expect } from 'chai';
import type { DemoReport } from '../../server/demo/demo-report.ts';
import { printJson, printReport } from '../../server/demo/print-report.ts';

describe('the report of a demo', () => {
  const report: DemoReport = {
    seed: 7,
    month: '2026-10',
    affiliates: [
      {
        name: 'Anna Lindqvist',
        currency: 'EUR',
        orders: 12,
        commission: 123_456n,
        reversals: 50n,
        balance: 123_406n,
      },
      {
        name: 'Anna Lindqvist',
        currency: 'JPY',
        orders: 1,
        commission: 1_505n,
        reversals: 0n,
        balance: 1_505n,
      },
      { name: 'Bo', currency: 'EUR', orders: 1, commission: 5n, reversals: 5n, balance: 0n },
    ],
    trialBalance: [
      { currency: 'EUR', debit: 123_406n, credit: 123_406n, difference: 0n },
      { currency: 'KWD', debit: 1_234n, credit: 1_234n, difference: 0n },
    ],
    platforms: [
      { name: 'Shopify', orders: 14, deliveries: 30, repeated: 3, outOfOrder: 3, refunded: 1, edited: 1 },
    ],
    receipt: { orderNumber: '#1001', affiliate: 'Bo', currency: 'EUR', amount: -5n, words: ['Order #1001.'] },
    statements: 3,
    mailFolder: '/tmp/mails',
    mails: [
      { to: 'bo@demo.example', subject: 'Hello', eml: '/tmp/mails/bo.eml', html: '/tmp/mails/bo.html' },
    ],
    problems: [],
  };
  const lines = printReport(report).split('\n');

  it("writes amounts with their currency's decimals, one under the other", () => {
    const start = lines.findIndex((line) => line.startsWith('Affiliates, EUR'));
    expect(lines.slice(start, start + 3)).to.deep.equal([
      'Affiliates, EUR   orders   commission   reversals   balance',
      'Anna Lindqvist        12      1234.56        0.50   1234.06',
      'Bo                     1         0.05        0.05      0.00',
    ]);
    expect(lines).to.include('Anna Lindqvist         1         1505           0      1505');
  });

  it('shows the trial balance, a receipt in words and where the mails lie', () => {
    expect(lines).to.include('KWD               1.234     1.234        0.000');
    expect(lines).to.include('  Order #1001.');
    expect(lines.join('\n')).to.contain(
      '3 statements were issued; 1 e-mails lie as .eml and .html in /tmp/mails',
    );
    expect(lines).to.include('Checked against an independent recomputation: equal.');
  });

  it('says what is wrong when something is', () => {
    const text = printReport({ ...report, problems: ['Anna is off by one.'] });
    expect(text).to.contain('Something is wrong:\n  Anna is off by one.').and.not.contain('equal');
  });

  it('gives programs one JSON document with amounts as integers in minor units', () => {
    const document = JSON.parse(printJson(report));
    expect(document.affiliates[0]).to.include({
      name: 'Anna Lindqvist',
      commission: 123_456,
      balance: 123_406,
    });
    expect(document.trialBalance[1]).to.deep.equal({
      currency: 'KWD',
      debit: 1234,
      credit: 1234,
      difference: 0,
    });
    expect(document).to.include({ seed: 7, statements: 3 });
    expect(document.mails[0]).to.include({ to: 'bo@demo.example', eml: '/tmp/mails/bo.eml' });
  });
});
