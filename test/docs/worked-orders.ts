import { anOrderEvent } from '../support/a-signed-order.ts';
import { startServer, type TestServer } from '../support/a-server.ts';
import { openShop, type Shop } from '../support/a-shop.ts';
import { formatMinorUnits } from '../../server/shared/minor-units.ts';

/** One order from the first click to the last posting, told by a running server. */
interface WorkedOrder {
  title: string;
  steps: Step[];
}

interface Step {
  /** The server's clock when it happens. */
  at: string;
  /** What happens, for the reader. */
  told: string;
  act(shop: Shop, at: TestServer): Promise<unknown>;
}

const LINE = { id: 'l1', title: 'Darjeeling, 500 g', quantity: 2, subtotal: '100.00', total: '100.00', totalTax: '20.00' };
const TEAPOT = { id: 'l2', title: 'Teapot', quantity: 1, subtotal: '49.90', total: '49.90', totalTax: '9.98' };
const REFUND = {
  id: 'r1',
  createdAt: '2026-11-20T09:00:00Z',
  amount: '60.00',
  lines: [{ lineId: 'l1', quantity: 1, total: '50.00', totalTax: '10.00' }],
};

const order = (id: string, facts: object) => (shop: Shop) => {
  const sequence = Math.floor(Date.parse((facts as { updatedAt: string }).updatedAt) / 60_000);
  return shop.sendEvents([anOrderEvent({ id, number: `#${id}`, ...facts }, { sequence })]);
};
const paid = (moment: string) => ({ status: 'paid', isPaid: true, createdAt: moment, paidAt: moment, updatedAt: moment });
const byAnna = { referral: { visitorKey: 'visitor-1', source: 'cookie' } };
const clickOfAnna: Step = {
  at: '2026-10-05T18:30:00Z',
  told: "A visitor comes over Anna's link.",
  act: (shop) => shop.touch('anna', 'visitor-1'),
};
const endOfHold: Step = {
  at: '2026-11-08T09:00:00Z',
  told: 'The hold of 30 days is over.',
  act: (_, at) => at.server.parts.jobs.runNow('release-due'),
};

const WORKED_ORDERS: WorkedOrder[] = [
  {
    title: 'A sale by a link',
    steps: [
      clickOfAnna,
      {
        at: '2026-10-08T09:00:00Z',
        told: 'Three days later the visitor orders two packets of tea for 100.00 EUR and 20.00 EUR tax, and pays.',
        act: order('1001', { ...paid('2026-10-08T08:59:00Z'), ...byAnna, lines: [LINE] }),
      },
    ],
  },
  {
    title: 'A sale by a coupon, with a link present as well',
    steps: [
      clickOfAnna,
      {
        at: '2026-10-08T09:00:00Z',
        told: "The visitor came over Anna's link, but uses Ben's code BEN10, which takes 10 % off.",
        act: order('1002', {
          ...paid('2026-10-08T08:59:00Z'),
          ...byAnna,
          coupons: ['BEN10'],
          lines: [{ ...LINE, total: '90.00', totalTax: '18.00' }],
        }),
      },
    ],
  },
  {
    title: 'A partial refund after the payout',
    steps: [
      clickOfAnna,
      {
        at: '2026-10-08T09:00:00Z',
        told: 'The same order as the first one.',
        act: order('1003', { ...paid('2026-10-08T08:59:00Z'), ...byAnna, lines: [LINE] }),
      },
      endOfHold,
      {
        at: '2026-11-10T12:00:00Z',
        told: 'You pay Anna by your bank and record it.',
        act: payFirst,
      },
      {
        at: '2026-11-20T09:05:00Z',
        told: 'The buyer sends one packet back: 50.00 EUR and 10.00 EUR tax are refunded.',
        act: order('1003', {
          ...paid('2026-10-08T08:59:00Z'),
          ...byAnna,
          lines: [LINE],
          refunds: [REFUND],
          updatedAt: '2026-11-20T09:00:00Z',
        }),
      },
    ],
  },
  {
    title: 'An order that is edited',
    steps: [
      clickOfAnna,
      {
        at: '2026-10-08T09:00:00Z',
        told: 'Two packets of tea again.',
        act: order('1004', { ...paid('2026-10-08T08:59:00Z'), ...byAnna, lines: [LINE] }),
      },
      {
        at: '2026-10-09T10:00:00Z',
        told: 'The buyer calls and adds a teapot for 49.90 EUR.',
        act: order('1004', {
          ...paid('2026-10-08T08:59:00Z'),
          ...byAnna,
          lines: [LINE, TEAPOT],
          updatedAt: '2026-10-09T09:59:00Z',
        }),
      },
      {
        at: '2026-10-10T10:00:00Z',
        told: 'The buyer calls again and takes one packet less.',
        act: order('1004', {
          ...paid('2026-10-08T08:59:00Z'),
          ...byAnna,
          lines: [{ ...LINE, quantity: 1, subtotal: '50.00', total: '50.00', totalTax: '10.00' }, TEAPOT],
          updatedAt: '2026-10-10T09:59:00Z',
        }),
      },
    ],
  },
];

async function payFirst(shop: Shop): Promise<void> {
  const [{ id }] = (await shop.api('GET', '/api/v1/commissions')).body.items;
  await shop.api('POST', `/api/v1/commissions/${id}/mark-paid`, { reference: 'SEPA 2026-17', paidOn: '2026-11-10' });
}

/** Plays the orders on a server and writes down, as Markdown, what it says of each step. */
export async function writeWorkedOrders(): Promise<string> {
  const at = await startServer();
  try {
    const chapters: string[] = [];
    for (const [index, { title, steps }] of WORKED_ORDERS.entries()) {
      chapters.push(`### ${index + 1}. ${title}`, ...(await play(at, steps)));
    }
    return chapters.join('\n\n');
  } finally {
    await at.stop();
  }
}

async function play(at: TestServer, steps: Step[]): Promise<string[]> {
  at.clock.now = new Date('2026-10-01T08:00:00Z');
  const shop = await openShop(at);
  const paragraphs: string[] = [];
  let seen = 0;
  for (const step of steps) {
    at.clock.now = new Date(step.at);
    await step.act(shop, at);
    await at.server.idle();
    paragraphs.push(`**${step.at.slice(0, 10)}.** ${step.told}`);
    const { items } = (await shop.api('GET', '/api/v1/commissions')).body;
    for (const { id } of items.slice(seen)) paragraphs.push(await quoteReceipt(shop, id));
    seen = items.length;
    if (seen > 0) paragraphs.push(await describeBalances(shop));
  }
  return paragraphs;
}

async function quoteReceipt(shop: Shop, id: string): Promise<string> {
  const { words } = (await shop.api('GET', `/api/v1/commissions/${id}/receipt`)).body;
  return words.map((line: string) => `> ${line}`).join('\n>\n');
}

async function describeBalances(shop: Shop): Promise<string> {
  const { items } = (await shop.api('GET', '/api/v1/ledger/balances')).body;
  const nameOf = new Map(Object.entries(shop.affiliates).map(([name, id]) => [id, name]));
  const rows = items
    .filter(({ affiliateId, balance }: any) => affiliateId !== null && balance.amount !== 0)
    .map(({ affiliateId, kind, balance: { amount, currency } }: any) => {
      const name = nameOf.get(affiliateId) ?? '';
      const account = kind.replace('-', ' ');
      return `${name.charAt(0).toUpperCase()}${name.slice(1)} ${account} ${formatMinorUnits(BigInt(amount), currency)} ${currency}`;
    });
  return `Balances now: ${rows.join(', ') || 'nothing'}.`;
}
