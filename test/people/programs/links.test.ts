import { expect } from 'chai';
import request from 'supertest';
import { buildLandingUrl } from '../../../server/people/programs/index.ts';
import {
  anOwner,
  someThings,
  startPeople,
  type Owner,
  type PeopleServer,
  type Things,
} from '../../support/people.ts';

describe('the address that a link leads to', () => {
  const marks = { code: 'anna', subId: null, link: 'spring-teas' };
  const MARKED = 'ref=anna&rfl=spring-teas';
  const cases: [string, string, object, string][] = [
    [
      'carries the code and the name of the link',
      'https://tea.example/',
      {},
      `https://tea.example/?${MARKED}`,
    ],
    [
      'carries the sub-id',
      'https://tea.example/',
      { subId: 'news:42' },
      'https://tea.example/?ref=anna&sub=news%3A42&rfl=spring-teas',
    ],
    [
      'keeps its own query and fragment byte for byte',
      'https://tea.example/a%20b?x=%20+%2B&y&z=#top?ref=x',
      {},
      `https://tea.example/a%20b?x=%20+%2B&y&z=&${MARKED}#top?ref=x`,
    ],
    [
      'gives the marks way over what it says itself under their names, however written',
      'https://tea.example/?ref=ben&sub=x&%72fl=y&Ref=kept&preference=kept',
      {},
      `https://tea.example/?Ref=kept&preference=kept&${MARKED}`,
    ],
    [
      'passes on what the link was called with, and no other code or sub-id with it',
      'https://tea.example/?a=1',
      {
        passedOn: [
          ['gclid', 'x y&z'],
          ['ref', 'ben'],
          ['sub', 'x'],
          ['rfl', 'y'],
        ],
      },
      `https://tea.example/?a=1&${MARKED}&gclid=x%20y%26z`,
    ],
    [
      'leaves out what is no sub-id',
      'https://tea.example/',
      { subId: 'two words&ref=ben' },
      `https://tea.example/?${MARKED}`,
    ],
  ];
  for (const [what, target, change, landing] of cases) {
    it(what, () => expect(buildLandingUrl(target, { ...marks, ...change })).to.equal(landing));
  }
});

describe('links of an affiliate', () => {
  let server: PeopleServer;
  let owner: Owner;
  let things: Things;
  let taking: { programId: string; affiliateId: string };
  before(async () => {
    server = await startPeople();
    owner = await anOwner(server, 'Tea shop');
    things = await someThings(owner);
    taking = { programId: things.programs, affiliateId: things.affiliates };
  });
  after(() => server.stop());

  const page = (path: string): string => `${things.shopUrl}${path}`;
  const make = (kind: 'links' | 'rewrites', given: object) =>
    owner.post(`/${kind}`, { ...taking, targetUrl: page('teas'), ...given });
  const put = (path: string, body: object) =>
    request(server.app).put(`/api/v1${path}`).set(owner.headers).send(body);
  const { linkBySlug, linkById } = {
    linkBySlug: (slug: string) => server.parts.programs.linkBySlug(slug),
    linkById: (id: string) => server.parts.programs.linkById(id),
  };

  describe('that are deep', () => {
    it('are followed by their id, with code and sub-id, and at no slug', async () => {
      const { status, body } = await make('links', { kind: 'deep', subId: 'mail.1', title: 'Spring mail' });
      expect([status, body.path, body.title]).to.deep.equal([201, `/d/${body.id}`, 'Spring mail']);
      const code = (await owner.get(`/programs/${things.programs}/memberships/${things.memberships}`)).body
        .code;
      expect(await linkById(body.id)).to.deep.equal({
        ...taking,
        id: body.id,
        merchantId: owner.merchantId,
        code,
        targetUrl: page('teas'),
        subId: 'mail.1',
        name: body.id,
      });
      expect(await linkBySlug(body.id)).to.equal(undefined);
    });

    it('have no slug of their own choice', async () => {
      const { status, body } = await make('links', { kind: 'deep', slug: 'my-slug' });
      expect([status, body.error.issues[0].path]).to.deep.equal([400, 'slug']);
    });

    it('are no way to a short link', async () => {
      const { body } = await make('links', {});
      expect(await linkById(body.id)).to.equal(undefined);
    });
  });

  it('refuse a sub-id or a title that cannot be carried', async () => {
    for (const given of [
      { subId: 'two words' },
      { subId: 'x'.repeat(65) },
      { title: 'a\nb' },
      { title: '' },
    ]) {
      expect((await make('links', given)).status, JSON.stringify(given)).to.equal(400);
    }
  });

  it('that were made by the first version are short ones still', async () => {
    const { id: _id, ...first } = { id: 'old', ...taking, slug: 'old-link', targetUrl: page('old') };
    const document = { _id, merchantId: owner.merchantId, ...first, createdAt: server.now() };
    await server.connection.collection('links').insertOne(document as never);
    expect(await linkBySlug('old-link')).to.include({ id: 'old', targetUrl: page('old'), subId: null });
    expect((await owner.get('/links/old')).body).to.include({
      kind: 'short',
      status: 'active',
      path: '/r/old-link',
    });
  });

  describe('that are rewrites', () => {
    it('lead elsewhere from the moment on, and keep where they led', async () => {
      const { body } = await make('rewrites', { slug: 'summer' });
      expect(body).to.include({ path: '/r/summer', version: 1, status: 'active' });
      const changed = await put(`/rewrites/${body.id}/target`, { targetUrl: page('autumn'), version: 1 });
      expect([changed.status, changed.body.version]).to.deep.equal([200, 2]);
      expect(changed.body.targets.map((each: any) => [each.version, each.targetUrl])).to.deep.equal([
        [1, page('teas')],
        [2, page('autumn')],
      ]);
      expect(await linkBySlug('summer')).to.include({ targetUrl: page('autumn'), name: 'summer' });
    });

    it('are changed by the first of two who saw the same version', async () => {
      const { body } = await make('rewrites', { slug: 'contested' });
      const path = `/rewrites/${body.id}/target`;
      const both = await Promise.all([
        put(path, { targetUrl: page('one'), version: 1 }),
        put(path, { targetUrl: page('two'), version: 1 }),
      ]);
      expect(both.map(({ status }) => status).toSorted()).to.deep.equal([200, 409]);
      const won = both.find(({ status }) => status === 200)?.body.targetUrl;
      expect((await owner.get(`/rewrites/${body.id}`)).body).to.include({ version: 2, targetUrl: won });
      expect((await put(path, { targetUrl: page('three'), version: 1 })).status).to.equal(409);
    });

    it('lead nowhere while they are paused, and then where they led', async () => {
      const { body } = await make('rewrites', { slug: 'resting' });
      expect((await owner.post(`/rewrites/${body.id}/pause`)).body.status).to.equal('paused');
      expect(await linkBySlug('resting')).to.equal(undefined);
      await owner.post(`/rewrites/${body.id}/pause`);
      const { statuses } = (await owner.post(`/rewrites/${body.id}/resume`)).body;
      expect(statuses.map(({ status }: any) => status)).to.deep.equal(['active', 'paused', 'active']);
      expect(await linkBySlug('resting')).to.include({ targetUrl: page('teas') });
    });

    it('never lead away from the shops, by no change', async () => {
      const { body } = await make('rewrites', { slug: 'faithful' });
      const targetUrl = 'https://evil.example/';
      expect((await put(`/rewrites/${body.id}/target`, { targetUrl, version: 1 })).status).to.equal(400);
      expect(await linkBySlug('faithful')).to.include({ targetUrl: page('teas') });
    });

    it('share their slugs with the short links', async () => {
      await make('links', { slug: 'shared-name' });
      expect((await make('rewrites', { slug: 'shared-name' })).status).to.equal(409);
    });

    it('are links of the list, and no other link is a rewrite', async () => {
      const { body } = await make('links', { slug: 'only-short' });
      expect((await owner.get(`/rewrites/${body.id}`)).status).to.equal(404);
      expect(
        (await put(`/rewrites/${body.id}/target`, { targetUrl: page('x'), version: 1 })).status,
      ).to.equal(404);
      const kinds = (await owner.get('/links?limit=200')).body.items.map(({ kind }: any) => kind);
      expect(kinds).to.include.members(['short', 'deep', 'rewrite']);
      const rewrites = (await owner.get('/rewrites?limit=200')).body.items.map(({ kind }: any) => kind);
      expect(new Set(rewrites)).to.deep.equal(new Set(['rewrite']));
    });
  });

  it('have a QR code of their address, for print', async () => {
    const { body } = await make('links', { slug: 'on-paper', title: 'Tea & <biscuits>' });
    const answer = await request(server.app).get(`/api/v1/links/${body.id}/qr.svg`).set(owner.headers);
    expect(answer.status).to.equal(200);
    expect(answer.headers['content-type']).to.equal('image/svg+xml; charset=utf-8');
    expect(answer.headers['x-content-type-options']).to.equal('nosniff');
    const svg = (answer.body as Buffer).toString('utf8');
    expect(svg).to.match(
      /^<svg [^>]*><title>Tea &amp; &lt;biscuits&gt;<\/title><path [^>]*\/><path [^>]*\/><\/svg>$/,
    );
  });
});

describe("an affiliate's package", () => {
  let server: PeopleServer;
  let owner: Owner;
  let things: Things;
  before(async () => {
    server = await startPeople();
    owner = await anOwner(server, 'Tea shop');
    things = await someThings(owner);
  });
  after(() => server.stop());

  async function keyOf(affiliateId: string) {
    const { body } = await owner.post(`/affiliates/${affiliateId}/api-keys`, { name: 'Tools' });
    const headers = { Authorization: `Bearer ${body.key as string}` };
    return {
      pack: async () =>
        (await request(server.app).get('/api/v1/affiliate/partner-package').set(headers)).body,
      makeLink: (sent: object) => request(server.app).post('/api/v1/affiliate/links').set(headers).send(sent),
    };
  }

  it('holds all that is theirs now, and nothing of others', async () => {
    const pack = await (await keyOf(things.affiliates)).pack();
    const idsOf = (items: any[]) => items.map(({ id }) => id);
    expect(pack.shopHosts).to.deep.equal([new URL(things.shopUrl).host]);
    expect(pack.programs.map((each: any) => each.programId)).to.deep.equal([things.programs]);
    expect(idsOf(pack.coupons)).to.deep.equal([things.coupons]);
    expect(idsOf(pack.links)).to.deep.equal([things.links]);
    expect(idsOf(pack.rewrites)).to.deep.equal([things.rewrites]);
    expect(idsOf(pack.directLinks)).to.deep.equal([things['direct-links']]);
    const empty = await (await keyOf(things.newcomer)).pack();
    for (const kind of ['programs', 'coupons', 'links', 'rewrites', 'directLinks']) {
      expect(empty[kind], kind).to.deep.equal([]);
    }
  });

  it('loses a coupon that was taken back', async () => {
    const taking = { programId: things.programs, affiliateId: things.affiliates };
    const { body } = await owner.post('/coupons', { ...taking, code: 'GONE10' });
    await owner.post(`/coupons/${body.id}/release`);
    const { coupons } = await (await keyOf(things.affiliates)).pack();
    expect(coupons.map(({ code }: any) => code)).to.not.include('GONE10');
  });

  it('grows by the deep links that the affiliate makes', async () => {
    const anna = await keyOf(things.affiliates);
    const { status, body } = await anna.makeLink({
      programId: things.programs,
      targetUrl: `${things.shopUrl}teas`,
      subId: 'blog',
    });
    expect([status, body.kind, body.affiliateId]).to.deep.equal([201, 'deep', things.affiliates]);
    // By its id: the clock stands still, so that none of the links is the newest.
    expect((await anna.pack()).links.find(({ id }: { id: string }) => id === body.id)).to.deep.equal(body);
  });

  it('does not grow for who takes no part, is not approved, or aims elsewhere', async () => {
    const anna = await keyOf(things.affiliates);
    const bert = await keyOf(things.newcomer);
    const wish = { programId: things.programs, targetUrl: things.shopUrl };
    expect((await bert.makeLink(wish)).status).to.equal(422);
    const joining = { affiliateId: things.newcomer, status: 'applied' };
    await owner.post(`/programs/${things.programs}/memberships`, joining);
    const { status, body } = await bert.makeLink(wish);
    expect([status, body.error.message]).to.deep.equal([422, 'Your part in this programme is applied.']);
    expect((await anna.makeLink({ ...wish, targetUrl: 'https://evil.example/' })).status).to.equal(400);
    expect((await anna.makeLink({ ...wish, affiliateId: things.newcomer })).status).to.equal(400);
  });
});
