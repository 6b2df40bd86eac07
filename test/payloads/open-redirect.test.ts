import { expect } from 'chai';
import { get } from 'node:http';
import { buildLandingUrl } from '../../server/people/programs/index.ts';
import { checkLinkTarget } from '../../server/people/programs/links/check-link-target.ts';
import { startServer, type TestServer } from '../support/a-server.ts';
import { openShop, type Shop } from '../support/a-shop.ts';
import { readPayloads } from './read-payloads.ts';

const SHOP = 'custom.example';
const EVIL = 'evil.example';
const CLASSES = [
  ...['address-forms', 'backslash', 'control-characters', 'crlf', 'double-encoding', 'encoded-slash'],
  ...['fragment-and-query', 'malformed-scheme', 'parameter-pollution', 'path-traversal', 'protocol-relative'],
  ...['script-scheme', 'subdomain-tricks', 'unicode-homograph', 'userinfo', 'whitespace-prefix'],
];

/** Payloads name the shop SHOP and the attacker EVIL. */
const payloads = readPayloads('open-redirect').map(({ attack, text }) => ({
  attack,
  text: text.replaceAll('SHOP', SHOP).replaceAll('EVIL', EVIL),
}));
/** The shop listens on its default ports; plain http is an address of it too. */
const ON_THE_SHOP = /^https?:\/\/custom\.example\/[\x21-\x7e]*$/;

describe('an address that is made to lead a visitor away', () => {
  let at: TestServer;
  let shop: Shop;
  let taking: object;
  before(async () => {
    at = await startServer();
    shop = await openShop(at);
    taking = { programId: shop.programId, affiliateId: shop.affiliates.anna };
    await make({ slug: 'honest' });
  });
  after(() => at.stop());

  const make = (given: object, kind = 'links') =>
    shop.api('POST', `/api/v1/${kind}`, { ...taking, targetUrl: `https://${SHOP}/teas`, ...given });

  /** Asks as a browser would, for a path as it is, and goes nowhere. */
  const follow = (path: string) =>
    new Promise<{ status: number; location: string | undefined }>((resolve, reject) => {
      const { hostname, port } = new URL(at.url);
      get({ hostname, port, path, agent: false }, (response) => {
        response.resume();
        resolve({ status: response.statusCode ?? 0, location: response.headers.location });
      }).on('error', reject);
    });

  /** What no request line can carry is written as browsers write it. */
  const inPath = (text: string): string => text.replace(/[^\x21-\x7e]/gu, (sign) => encodeURIComponent(sign));

  it(`is known in ${payloads.length} forms, of every class`, () => {
    expect(payloads.length).to.be.at.least(150);
    expect([...new Set(payloads.map(({ attack }) => attack))]).to.deep.equal(CLASSES);
    expect(new Set(payloads.map(({ text }) => text)).size).to.equal(payloads.length);
  });

  it('is refused, or lands on the shop, by the rule itself', () => {
    let let_through = 0;
    for (const { attack, text } of payloads) {
      if (checkLinkTarget(text, [SHOP]) !== undefined) continue;
      let_through += 1;
      const landing = buildLandingUrl(text, { code: 'anna', subId: text, link: text });
      expect(landing, `${attack} ${JSON.stringify(text)}`).to.match(ON_THE_SHOP);
    }
    expect(let_through).to.be.within(1, payloads.length / 3);
  });

  it('is refused as the target of a link, or leads to the shop', async function () {
    this.timeout(60_000);
    let made = 0;
    for (const [index, { attack, text }] of payloads.entries()) {
      const { status, body } = await make({ targetUrl: text, slug: `payload-${index}` });
      const what = `${attack} ${JSON.stringify(text)}`;
      expect(status, what).to.be.oneOf([201, 400]);
      if (status === 400) continue;
      made += 1;
      const { status: followed, location } = await follow(body.path);
      expect(followed, what).to.equal(302);
      expect(location, what).to.match(ON_THE_SHOP);
    }
    expect(made).to.be.greaterThan(0);
  });

  it('is refused as the new target of a rewrite, or leads to the shop', async function () {
    this.timeout(60_000);
    const { body: rewrite } = await make({ slug: 'hijacked' }, 'rewrites');
    let { version } = rewrite;
    for (const { attack, text } of payloads) {
      const what = `${attack} ${JSON.stringify(text)}`;
      const change = { targetUrl: text, version };
      const { status, body } = await shop.api('PUT', `/api/v1/rewrites/${rewrite.id}/target`, change);
      expect(status, what).to.be.oneOf([200, 400]);
      if (status === 200) ({ version } = body);
      const { location } = await follow('/r/hijacked');
      expect(location, what).to.match(ON_THE_SHOP);
    }
  });

  it('is refused as a slug and as a sub-id, or is a harmless word that lands on the shop', async function () {
    this.timeout(60_000);
    let made = 0;
    for (const { attack, text } of payloads) {
      const what = `${attack} ${JSON.stringify(text)}`;
      expect((await make({ slug: text })).status, what).to.equal(400);
      const { status, body } = await make({ subId: text });
      expect(status, what).to.be.oneOf([201, 400]);
      if (status === 400) continue;
      made += 1;
      expect(text, what).to.match(/^[\w.~:-]{1,64}$/);
      expect((await follow(body.path)).location, what).to.match(ON_THE_SHOP);
    }
    expect(made).to.be.lessThan(payloads.length / 10);
  });

  it('leads nowhere in the path of a link, and nowhere else behind an honest one', async function () {
    this.timeout(60_000);
    const ways: [string, (text: string) => string, number[]][] = [
      ['as a slug', (text) => `/r/${encodeURIComponent(text)}`, [404]],
      ['as the rest of the path', (text) => `/r/${inPath(text)}`, [400, 404]],
      ['after the slug', (text) => `/r/honest/${inPath(text)}`, [400, 404, 302]],
      ['as a sub-id', (text) => `/r/honest?sub=${inPath(text)}`, [302]],
      ['as a sub-id, encoded', (text) => `/r/honest?sub=${encodeURIComponent(text)}`, [302]],
      ['as the parameter of an ad', (text) => `/r/honest?gclid=${encodeURIComponent(text)}`, [302]],
      ['as any parameter', (text) => `/r/honest?url=${inPath(text)}&ref=${inPath(text)}`, [302]],
    ];
    for (const { attack, text } of payloads) {
      for (const [way, pathOf, statuses] of ways) {
        const { status, location } = await follow(pathOf(text));
        const what = `${attack} ${way} ${JSON.stringify(text)}`;
        expect(status, what).to.be.oneOf(statuses);
        if (location !== undefined) expect(location, what).to.match(ON_THE_SHOP);
      }
    }
  });
});
