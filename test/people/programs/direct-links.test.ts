import { expect } from 'chai';
import request from 'supertest';
import { createCache } from '../../../server/platform/mongo/index.ts';
import { createStorefrontDirectory } from '../../../server/storefront-directory.ts';
import { anEmptyInternet, type FakeInternet } from '../../support/an-internet.ts';
import {
  anOwner,
  someThings,
  startPeople,
  type Owner,
  type PeopleServer,
  type Things,
} from '../../support/people.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const FILE = 'https://blog.example/.well-known/refledger-verify.txt';

describe("an affiliate's own site", () => {
  let internet: FakeInternet;
  let server: PeopleServer;
  let owner: Owner;
  let things: Things;
  beforeEach(async () => {
    internet = anEmptyInternet();
    server = await startPeople(internet);
    owner = await anOwner(server, 'Tea shop');
    things = await someThings(owner);
  });
  afterEach(() => server.stop());

  const register = (site: string, affiliateId = things.affiliates) =>
    owner.post('/direct-links', { programId: things.programs, affiliateId, site });
  const read = async (id: string) => (await owner.get(`/direct-links/${id}`)).body;
  const verify = async (id: string) => (await owner.post(`/direct-links/${id}/verify`)).body;
  /** Whose link it is for a process that remembers nothing yet. */
  const directLinkOf = (merchantId: string, referrer: string, at: Date) =>
    createStorefrontDirectory({ ...server.parts, cache: createCache(server.connection) }).ownerOfReferrer(
      merchantId,
      referrer,
      at,
    );
  const visitFrom = (referrer: string) => directLinkOf(owner.merchantId, referrer, server.now());
  /** Lets time go by, and signs the owner in again, whose token ends meanwhile. */
  async function wait(milliseconds: number): Promise<void> {
    server.advance(milliseconds);
    const { email, password } = owner;
    const { body } = await request(server.app).post('/api/v1/auth/login').send({ email, password });
    owner.headers.Authorization = `Bearer ${body.accessToken as string}`;
  }
  const look = () => server.parts.programs.checkDirectLinks(() => Promise.resolve(true));
  /** A site whose proof lies in its DNS. */
  async function verified(site = 'https://blog.example') {
    const { body } = await register(site);
    internet.txt.set(body.proofs.dns.name, body.proofs.dns.value);
    return verify(body.id);
  }

  it('counts for nobody before it is shown to be theirs', async () => {
    const { status, body } = await register('https://Blog.Example/');
    expect([status, body.host, body.pathPrefix, body.status]).to.deep.equal([
      201,
      'blog.example',
      '',
      'unproven',
    ]);
    expect(body.proofs.dns.name).to.equal('_refledger.blog.example');
    expect(await visitFrom('https://blog.example/teas')).to.equal(undefined);
    expect((await verify(body.id)).lastCheck.reason).to.equal(
      'TXT _refledger.blog.example: there is no TXT record; ' +
        `${FILE}: it answered 404; https://blog.example/: it answered 404.`,
    );
    expect(await visitFrom('https://blog.example/teas')).to.equal(undefined);
  });

  const ways: [string, string, (proofs: any) => void][] = [
    ['a TXT record', 'dns', ({ dns }) => internet.txt.set(dns.name, dns.value)],
    ['a file', 'file', ({ file }) => internet.pages.set(file.url, `${file.content}\n`)],
    [
      'a tag on the front page',
      'meta',
      ({ meta }) => internet.pages.set(meta.page, `<!doctype html><head>${meta.tag}</head><body>`),
    ],
  ];
  for (const [what, found, prove] of ways) {
    it(`is proven by ${what}, and its visitors count from then on`, async () => {
      const { body } = await register('blog.example');
      prove(body.proofs);
      const before = server.now();
      await wait(HOUR);
      const proven = await verify(body.id);
      expect([proven.status, proven.lastCheck.found]).to.deep.equal(['verified', found]);
      const { programs: programId, affiliates: affiliateId } = things;
      const visit = await visitFrom('https://blog.example/teas?x=1');
      expect(visit).to.deep.equal({ programId, affiliateId, linkId: body.id, site: 'blog.example' });
      expect(await directLinkOf(owner.merchantId, 'https://blog.example/', before)).to.equal(undefined);
      expect(await directLinkOf('somebody else', 'https://blog.example/', server.now())).to.equal(undefined);
    });
  }

  const others: [string, (proofs: any, token: string) => void][] = [
    ["another site's token", ({ dns }) => internet.txt.set(dns.name, 'refledger-verify=another')],
    ['the token with more around it', ({ file }, token) => internet.pages.set(file.url, `x${token}`)],
    ['a tag in a comment', ({ meta }) => internet.pages.set(meta.page, `<!-- ${meta.tag} -->`)],
    [
      'a tag in the body, where readers may write',
      ({ meta }) => internet.pages.set(meta.page, `<head></head><body>${meta.tag}`),
    ],
    [
      'a tag of another name',
      ({ meta }, token) => internet.pages.set(meta.page, `<meta name="verify" content="${token}">`),
    ],
  ];
  for (const [what, pretend] of others) {
    it(`is not proven by ${what}`, async () => {
      const { body } = await register('blog.example');
      pretend(body.proofs, body.proofs.file.content);
      expect((await verify(body.id)).status).to.equal('unproven');
    });
  }

  it('is looked at every day; three looks in a row without proof suspend it, and the next proof revives it', async () => {
    const { id, proofs } = await verified();
    internet.txt.clear();
    const seen: [string, number][] = [];
    for (let day = 0; day < 3; day += 1) {
      await wait(DAY);
      await look();
      const { status, failedChecks } = await read(id);
      seen.push([status, failedChecks]);
    }
    expect(seen).to.deep.equal([
      ['verified', 1],
      ['verified', 2],
      ['suspended', 3],
    ]);
    expect((await read(id)).lastCheck.reason).to.include('there is no TXT record');
    expect(await visitFrom('https://blog.example/')).to.equal(undefined);
    const duringSuspension = server.now();
    internet.txt.set(proofs.dns.name, proofs.dns.value);
    await wait(DAY);
    await look();
    expect(await read(id)).to.include({ status: 'verified', failedChecks: 0 });
    expect(await visitFrom('https://blog.example/')).to.include({ linkId: id });
    expect(await directLinkOf(owner.merchantId, 'https://blog.example/', duringSuspension)).to.equal(
      undefined,
    );
  });

  it('counts for nobody at the next visit once it is suspended, though visits are answered from memory', async () => {
    const cache = createCache(server.connection);
    const { ownerOfReferrer } = createStorefrontDirectory({ ...server.parts, cache });
    const ownerNow = () => ownerOfReferrer(owner.merchantId, 'https://blog.example/teas', server.now());
    expect(await ownerNow()).to.equal(undefined);
    const { id } = await verified();
    expect(await ownerNow()).to.include({ linkId: id });
    const whileVerified = server.now();
    internet.txt.clear();
    for (let day = 1; day <= 3; day += 1) {
      await wait(DAY);
      expect(await ownerNow(), `before the look of day ${day}`).to.include({ linkId: id });
      await look();
    }
    expect(await ownerNow()).to.equal(undefined);
    const visitOfBefore = await ownerOfReferrer(owner.merchantId, 'https://blog.example/', whileVerified);
    expect(visitOfBefore).to.include({ linkId: id });
  });

  describe('while visits are answered from memory', () => {
    let loads: number;
    let ask: (referrer?: string) => Promise<{ linkId: string } | undefined>;
    beforeEach(() => {
      loads = 0;
      const { programs } = server.parts;
      const provenSites = (merchantId: string) => {
        loads += 1;
        return programs.provenSites(merchantId);
      };
      const directory = createStorefrontDirectory({
        ...server.parts,
        programs: { ...programs, provenSites },
        cache: createCache(server.connection),
      });
      ask = (referrer = 'https://blog.example/') =>
        directory.ownerOfReferrer(owner.merchantId, referrer, server.now());
    });

    it('leaves the memory alone when the look of the day finds all as it was', async () => {
      const { id, proofs } = await verified();
      await ask();
      await wait(DAY);
      await look();
      internet.txt.clear();
      await wait(DAY);
      await look();
      expect(await read(id)).to.include({ status: 'verified', failedChecks: 1 });
      internet.txt.set(proofs.dns.name, proofs.dns.value);
      await verify(id);
      await request(server.app).get((await owner.post(`/direct-links/${id}/test`)).body.path);
      await register('https://news.example');
      expect(await ask()).to.include({ linkId: id });
      expect(loads).to.equal(1);
    });

    it('is known at the next visit once it is verified, suspended or revived', async () => {
      expect(await ask()).to.equal(undefined);
      const { id, proofs } = await verified();
      expect(await ask()).to.include({ linkId: id });
      internet.txt.clear();
      for (let day = 1; day <= 3; day += 1) {
        await wait(DAY);
        await look();
      }
      expect(await ask()).to.equal(undefined);
      internet.txt.set(proofs.dns.name, proofs.dns.value);
      await verify(id);
      expect(await ask()).to.include({ linkId: id });
      expect(loads).to.equal(4);
    });

    it('is found among many others, and one question serves them all', async () => {
      const { id } = await verified();
      const other = await verified('https://news.example');
      const asked = ['https://blog.example/', 'https://news.example/a', 'https://third.example/'];
      const found: (string | undefined)[] = [];
      for (const referrer of asked) found.push((await ask(referrer))?.linkId);
      expect([found, loads]).to.deep.equal([[id, other.id, undefined], 1]);
    });
  });

  it('counts for nobody from the moment on at which a shop is connected on its host', async () => {
    const { id } = await verified();
    expect(await visitFrom('https://blog.example/')).to.include({ linkId: id });
    const { body } = await owner.post('/stores', { platform: 'custom', domain: 'https://blog.example' });
    expect(await visitFrom('https://blog.example/')).to.equal(undefined);
    await owner.post(`/stores/${body.store.id}/disconnect`);
    expect(await visitFrom('https://blog.example/')).to.include({ linkId: id });
  });

  it('has no visits from an app that calls itself by its name', async () => {
    await verified();
    expect(await visitFrom('android-app://blog.example/')).to.equal(undefined);
  });

  it('is not looked at before its day, nor suspended by asking often', async () => {
    const { id } = await verified();
    internet.txt.clear();
    internet.asked.length = 0;
    await wait(DAY - 1);
    await look();
    expect(internet.asked).to.deep.equal([]);
    for (let asked = 0; asked < 4; asked += 1) await verify(id);
    expect(await read(id)).to.include({ status: 'verified', failedChecks: 0 });
  });

  it('starts to count anew when the proof comes back in time', async () => {
    const { id, proofs } = await verified();
    for (const isThere of [false, false, true, false, false]) {
      if (isThere) internet.txt.set(proofs.dns.name, proofs.dns.value);
      else internet.txt.clear();
      await wait(DAY);
      await look();
    }
    expect(await read(id)).to.include({ status: 'verified', failedChecks: 2 });
  });

  it('ends the looks at once when another process takes over', async () => {
    await verified();
    await wait(DAY);
    internet.asked.length = 0;
    await server.parts.programs.checkDirectLinks(() => Promise.resolve(false));
    expect(internet.asked).to.deep.equal([]);
  });

  it('has the visits of its longest registered path, by whole segments', async () => {
    const whole = await verified();
    const { body } = await register('https://blog.example/anna');
    internet.pages.set(body.proofs.meta.page, body.proofs.meta.tag);
    internet.txt.clear();
    const annas = await verify(body.id);
    expect(annas.lastCheck.found).to.equal('meta');
    const linkOf = async (url: string) => (await visitFrom(url))?.linkId;
    expect(await linkOf('https://blog.example/anna/teas')).to.equal(annas.id);
    expect(await linkOf('http://BLOG.example/anna')).to.equal(annas.id);
    expect(await linkOf('https://blog.example/annabel')).to.equal(whole.id);
    for (const other of ['https://www.blog.example/', 'https://blog.example.evil.example/', 'nonsense', '']) {
      expect(await linkOf(other), other).to.equal(undefined);
    }
    expect(await linkOf('https://blog.example:8443/')).to.equal(undefined);
  });

  it('is known in any writing of its name', async () => {
    const { id, host } = await verified('https://büchertee.example');
    expect(host).to.equal('xn--bchertee-65a.example');
    for (const url of ['https://BÜCHERTEE.example/a', 'https://xn--bchertee-65a.example./']) {
      expect((await visitFrom(url))?.linkId, url).to.equal(id);
    }
  });

  it('belongs to whoever proved it last', async () => {
    await verified();
    await owner.post(`/programs/${things.programs}/memberships`, { affiliateId: things.newcomer });
    const { body } = await register('https://blog.example', things.newcomer);
    internet.txt.set(body.proofs.dns.name, body.proofs.dns.value);
    await wait(HOUR);
    await verify(body.id);
    expect(await visitFrom('https://blog.example/')).to.include({ affiliateId: things.newcomer });
  });

  it('is registered once by each', async () => {
    await register('https://blog.example');
    expect((await register('http://BLOG.example/')).status).to.equal(409);
  });

  it('is a site of the internet and none of the shops', async () => {
    const wrong = [
      things.shopUrl,
      'https://user:pass@blog.example/',
      'https://blog.example:8443/',
      'https://blog.example/?page=1',
      'https://127.0.0.1/',
      'https://[::1]/',
      'https://2130706433/',
      'localhost',
      'ftp://blog.example',
      'javascript:alert(1)',
      'not a site',
    ];
    for (const site of wrong) {
      const { status, body } = await register(site);
      expect([status, body.error?.issues[0].path], site).to.deep.equal([400, 'site']);
    }
  });

  describe('with a test of what referrer arrives', () => {
    const start = async (id: string): Promise<string> =>
      (await owner.post(`/direct-links/${id}/test`)).body.path;
    const open = (path: string, referrer?: string) => {
      const asking = request(server.app).get(path);
      return referrer === undefined ? asking : asking.set('Referer', referrer);
    };
    const cases: [string, string, string | undefined, boolean, string][] = [
      ['its page', 'blog.example', 'https://blog.example/teas?who=me', true, 'arrived as such'],
      ['nowhere', 'blog.example', undefined, false, 'No referrer arrived'],
      ['another host', 'blog.example', 'https://news.example/', false, 'It came from news.example'],
      ['its twin with www.', 'blog.example', 'https://www.blog.example/', false, 'With and without "www."'],
      ['its host only', 'blog.example/anna', 'https://blog.example/', false, 'no-referrer-when-downgrade'],
      ['another path', 'blog.example/anna', 'https://blog.example/ben', false, 'another page than /anna'],
    ];
    for (const [what, site, referrer, matches, words] of cases) {
      it(`says whether it matches, and why not: a visit from ${what}`, async () => {
        const { id } = (await register(site)).body;
        const answer = await open(await start(id), referrer);
        expect(answer.status).to.equal(200);
        expect(answer.headers['content-type']).to.equal('text/plain; charset=utf-8');
        expect(answer.text).to.include(words);
        const { test } = await read(id);
        expect(test.matches).to.equal(matches);
        expect(test.result).to.include(words);
        expect(test.referrer).to.equal(referrer ? referrer.replace(/^https:\/\/|\?.*/g, '') : null);
      });
    }

    it('counts the first visit, and no look at the address before it', async () => {
      const { id } = (await register('blog.example')).body;
      const path = await start(id);
      await request(server.app).head(path).expect(200);
      for (const headers of [
        { 'User-Agent': 'Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)' },
        { 'Sec-Purpose': 'prefetch' },
      ]) {
        expect((await request(server.app).get(path).set(headers).expect(200)).text).to.equal('');
      }
      await open(path, 'https://blog.example/');
      expect((await open(path)).text).to.include('It matches.');
      expect((await read(id)).test.referrer).to.equal('blog.example/');
    });

    it('ends after a day, by the next test, and is nowhere else', async () => {
      const { id } = (await register('blog.example')).body;
      const first = await start(id);
      const second = await start(id);
      expect((await open(first)).status).to.equal(404);
      await wait(DAY);
      expect((await open(second)).status).to.equal(404);
      expect((await open('/t/nonsense')).status).to.equal(404);
    });

    it('keeps no address of a person', async () => {
      const { id } = (await register('blog.example')).body;
      await open(await start(id), 'https://blog.example/of/gina@buyers.example/x');
      expect((await read(id)).test.referrer).to.equal('blog.example/of/[address]/x');
    });
  });
});
