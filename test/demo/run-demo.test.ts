import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect } from 'chai';
import { expectBalances, runDemo, type DemoOptions } from '../../server/demo/index.ts';

/** The exit code, and what it printed. */
interface Outcome {
  code: number;
  out: string;
  progress: string;
}

describe('a small demo', function () {
  this.timeout(90_000);
  const folders = new Set<string>();
  after(() => Promise.all([...folders].map((folder) => rm(folder, { recursive: true, force: true }))));

  let first: Outcome;
  before(async () => {
    first = await run({});
  });

  async function run(options: Partial<DemoOptions>): Promise<Outcome> {
    const [out, progress] = [new PassThrough(), new PassThrough()];
    const texts = [text(out), text(progress)] as const;
    const code = await runDemo({
      seed: 810_001,
      orders: 30,
      json: true,
      keep: false,
      out,
      progress,
      ...options,
    });
    out.end();
    progress.end();
    const result = { code, out: await texts[0], progress: await texts[1] };
    const folder = /\/\S*refledger-demo-\d+(-\d+)?/.exec(result.out)?.[0];
    if (folder) folders.add(folder);
    return result;
  }

  it('ends well, with level books, mails in their files, and nothing but JSON on its output', () => {
    const { code, out, progress } = first;
    const report = JSON.parse(out);
    expect(report.problems).to.deep.equal([]);
    expect(code).to.equal(0);
    expect(report.trialBalance.map(({ difference }: { difference: number }) => difference)).to.deep.equal([
      0, 0, 0,
    ]);
    expect(report.affiliates[0]).to.have.all.keys(
      'name',
      'currency',
      'orders',
      'commission',
      'reversals',
      'balance',
    );
    expect(report.mails).not.to.be.empty;
    for (const { eml, html } of report.mails) expect([eml, html].every(existsSync), eml).to.equal(true);
    expect(progress).to.contain('30 orders');
  });

  it('prints the same again for the same seed', async () => {
    const second = await run({});
    expect(second.out).to.equal(first.out);
  });

  it('ends with 1 and names the difference when the books are not what was expected', async () => {
    const { code, out, progress } = await run({
      json: false,
      expect: (plan) => expectBalances(plan).map((row) => ({ ...row, balance: row.balance + 1n })),
    });
    expect(code).to.equal(1);
    expect(out).to.contain('Something is wrong');
    expect(progress).to.match(/the books say .* expected was/);
  });

  it('stays up when asked to, until it is told to stop', async () => {
    const out = new PassThrough({ encoding: 'utf8' });
    const running = runDemo({
      seed: 810_002,
      orders: 5,
      json: false,
      keep: true,
      out,
      progress: new PassThrough(),
    });
    let printed = '';
    for await (const chunk of out) {
      printed += chunk;
      if (printed.includes('data  ')) break;
    }
    folders.add(/\S*refledger-demo-810002\S*/.exec(printed)?.[0] ?? '');
    folders.add(/data\s+(\S+)/.exec(printed)?.[1] ?? '');
    const [, url = ''] = /API\s+(http:\S+)\/api\/v1/.exec(printed) ?? [];
    expect((await fetch(`${url}/ready`)).status).to.equal(200);
    process.emit('SIGTERM', 'SIGTERM');
    expect(await running).to.equal(0);
  });
});
