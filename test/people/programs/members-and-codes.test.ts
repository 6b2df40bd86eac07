import { expect } from 'chai';
import { foldCode } from '../../../server/shared/fold-code.ts';
import {
  anOwner,
  someThings,
  startPeople,
  type Owner,
  type PeopleServer,
  type Things,
} from '../../support/people.ts';

const MINUTE = 60_000;

describe('taking part in a programme', () => {
  let server: PeopleServer;
  let owner: Owner;
  let things: Things;
  beforeEach(async () => {
    server = await startPeople();
    owner = await anOwner(server, 'Tea shop');
    things = await someThings(owner);
  });
  afterEach(() => server.stop());

  const members = () => `/programs/${things.programs}/memberships`;
  const takeInBert = (given: object) => owner.post(members(), { affiliateId: things.newcomer, ...given });

  it('gives a code that leads back to the affiliate, in any case', async () => {
    const { body } = await takeInBert({ code: 'Bert-Teas' });
    expect(body).to.include({ code: 'Bert-Teas', status: 'approved' });
    const owned = await server.parts.programs.ownerOfCode(owner.merchantId, foldCode(' BERT-teas '));
    expect(owned).to.deep.equal({
      programId: things.programs,
      affiliateId: things.newcomer,
      membershipId: body.id,
    });
  });

  it('makes a code from the name when none is given', async () => {
    expect((await takeInBert({})).body.code).to.match(/^bert-[a-z0-9]{4}$/);
  });

  it('refuses a code that links cannot carry', async () => {
    for (const code of ['', 'two words', 'ännä', 'x'.repeat(65), '<script>']) {
      expect((await takeInBert({ code })).status, code).to.equal(400);
    }
  });

  it('refuses a code that belongs to somebody else, whatever its case', async () => {
    const anna = (await owner.get(`${members()}/${things.memberships}`)).body;
    const answer = await takeInBert({ code: String(anna.code).toUpperCase() });
    expect([answer.status, answer.body.error.message]).to.deep.equal([
      409,
      'This code belongs to another member.',
    ]);
  });

  it('happens once per affiliate and programme', async () => {
    await takeInBert({});
    const answer = await takeInBert({});
    expect([answer.status, answer.body.error.message]).to.deep.equal([
      409,
      'The affiliate takes part in this programme already.',
    ]);
  });

  it('ends and begins again, with the history kept', async () => {
    const path = `${members()}/${things.memberships}`;
    await owner.post(`${path}/end`);
    server.advance(MINUTE);
    const { body } = await owner.post(`${path}/approve`);
    const statuses = body.statuses.map((each: { status: string }) => each.status);
    expect(statuses).to.deep.equal(['approved', 'ended', 'approved']);
    const found = await server.parts.programs.membershipOf(
      owner.merchantId,
      things.programs,
      things.affiliates,
    );
    expect(found?.statuses.at(-1)).to.deep.equal({ status: 'approved', from: server.now() });
  });

  it('is listed per affiliate', async () => {
    await takeInBert({});
    const { body } = await owner.get(`${members()}?affiliateId=${things.newcomer}`);
    expect(body.items).to.have.length(1);
    expect(body.items[0].affiliateId).to.equal(things.newcomer);
  });
});

describe('a coupon code', () => {
  let server: PeopleServer;
  let owner: Owner;
  let things: Things;
  beforeEach(async () => {
    server = await startPeople();
    owner = await anOwner(server, 'Tea shop');
    things = await someThings(owner);
    await owner.post(`/programs/${things.programs}/memberships`, { affiliateId: things.newcomer });
  });
  afterEach(() => server.stop());

  const give = (given: object = {}) =>
    owner.post('/coupons', {
      programId: things.programs,
      affiliateId: things.affiliates,
      code: 'Tea10',
      ...given,
    });

  it('belongs to its affiliate, earns by default, and is found in any case', async () => {
    const { body } = await give();
    expect(body).to.include({ code: 'Tea10', affiliateId: things.affiliates, creditPolicy: 'always' });
    const found = await server.parts.programs.couponOfCode(
      owner.merchantId,
      foldCode(' TEA10 '),
      server.now(),
    );
    expect(found?.id).to.equal(body.id);
  });

  it('exists once, whatever its case', async () => {
    await give();
    expect((await give({ code: ' TEA10' })).status).to.equal(409);
  });

  it('passes from one owner to the next at one moment (S10)', async () => {
    const { body: coupon } = await give();
    const given = server.now().toISOString();
    server.advance(MINUTE);
    const handed = server.now().toISOString();
    const { body } = await owner.post(`/coupons/${coupon.id}/assign`, { affiliateId: things.newcomer });
    expect(body.affiliateId).to.equal(things.newcomer);
    expect(body.assignments).to.deep.equal([
      { affiliateId: things.affiliates, from: given, until: handed },
      { affiliateId: things.newcomer, from: handed, until: null },
    ]);
  });

  it("is nobody's after it was taken back, and can be given again", async () => {
    const { body: coupon } = await give();
    server.advance(MINUTE);
    expect((await owner.post(`/coupons/${coupon.id}/release`)).body.affiliateId).to.equal(null);
    expect((await owner.post(`/coupons/${coupon.id}/release`)).body.assignments).to.have.length(1);
    const again = await owner.post(`/coupons/${coupon.id}/assign`, { affiliateId: things.affiliates });
    expect(again.body.affiliateId).to.equal(things.affiliates);
  });

  it('has one owner after the other, even when it is handed over twice at once', async () => {
    const { body: carl } = await owner.post('/affiliates', { name: 'Carl', email: 'carl@example.org' });
    await owner.post(`/programs/${things.programs}/memberships`, { affiliateId: carl.id });
    const { body: coupon } = await give();
    server.advance(MINUTE);
    const next = [things.newcomer, carl.id as string];
    await Promise.all(next.map((affiliateId) => owner.post(`/coupons/${coupon.id}/assign`, { affiliateId })));
    const { assignments } = (await owner.get(`/coupons/${coupon.id}`)).body;
    const owners = assignments.map((each: { affiliateId: string }) => each.affiliateId);
    expect(owners).to.have.members([things.affiliates, ...next]);
    const running = assignments.filter((each: { until: string | null }) => each.until === null);
    expect(running).to.deep.equal(assignments.slice(-1));
  });

  it('goes to members of its programme only', async () => {
    const { body: stranger } = await owner.post('/affiliates', { name: 'Carl', email: 'carl@example.org' });
    const answer = await give({ affiliateId: stranger.id });
    expect([answer.status, answer.body.error.code]).to.deep.equal([422, 'impossible']);
  });
});

describe('a short link', () => {
  let server: PeopleServer;
  let owner: Owner;
  let things: Things;
  before(async () => {
    server = await startPeople();
    owner = await anOwner(server, 'Tea shop');
    things = await someThings(owner);
  });
  after(() => server.stop());

  const make = (given: object) =>
    owner.post('/links', {
      programId: things.programs,
      affiliateId: things.affiliates,
      targetUrl: things.shopUrl,
      ...given,
    });

  it("is found by its slug, with the target and the affiliate's code", async () => {
    const { body } = await make({ slug: 'spring-teas', targetUrl: `${things.shopUrl}spring?colour=green` });
    expect(body.path).to.equal('/r/spring-teas');
    const { body: member } = await owner.get(
      `/programs/${things.programs}/memberships/${things.memberships}`,
    );
    const found = await server.parts.programs.linkBySlug('spring-teas');
    expect(found).to.include({
      id: body.id,
      merchantId: owner.merchantId,
      targetUrl: `${things.shopUrl}spring?colour=green`,
      code: member.code,
    });
  });

  it('gets a random slug when none is given', async () => {
    const slugs = [(await make({})).body.slug, (await make({})).body.slug];
    for (const slug of slugs) expect(slug).to.match(/^[a-z0-9]{8}$/);
    expect(slugs[0]).to.not.equal(slugs[1]);
  });

  it('has a slug that nobody else on this server has', async () => {
    await make({ slug: 'taken' });
    const other = await anOwner(server, 'Coffee shop');
    const theirs = await someThings(other);
    const answer = await other.post('/links', {
      programId: theirs.programs,
      affiliateId: theirs.affiliates,
      targetUrl: theirs.shopUrl,
      slug: 'taken',
    });
    expect(answer.status).to.equal(409);
  });

  it("leads nowhere but to the merchant's own connected shops", async () => {
    const host = new URL(things.shopUrl).host;
    const elsewhere = [
      'https://evil.example/',
      `https://${host}.evil.example/`,
      `https://${host}@evil.example/`,
      `https://user:pass@${host}/`,
      `https://evil.example\\@${host}/`,
      `https://${host}:8443/`,
      `//${host}/`,
      'javascript:alert(1)',
      'data:text/html,x',
      'not an address',
    ];
    for (const targetUrl of elsewhere) {
      const answer = await make({ targetUrl });
      expect(answer.status, targetUrl).to.equal(400);
      expect(answer.body.error.issues[0].path, targetUrl).to.equal('targetUrl');
    }
  });

  it('may lead to another host name of the shop', async () => {
    await owner.post('/stores', {
      platform: 'shopify',
      domain: 'tea.myshopify.com',
      webhookSecret: 'the secret of the app',
      storefrontHosts: ['Tea.Example'],
    });
    for (const targetUrl of ['https://tea.example/a', 'http://tea.example/a', 'https://tea.myshopify.com/']) {
      expect((await make({ targetUrl })).status, targetUrl).to.equal(201);
    }
  });

  it('no longer leads to a shop that was disconnected', async () => {
    const { body } = await owner.post('/stores', { platform: 'custom', domain: 'https://old.example' });
    await owner.post(`/stores/${body.store.id}/disconnect`);
    expect((await make({ targetUrl: 'https://old.example/' })).status).to.equal(400);
  });
});
