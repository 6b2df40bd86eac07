import { expect } from 'chai';
import request from 'supertest';
import { anOwner, startPeople, type Owner, type PeopleServer } from '../../support/people.ts';

const DEFAULTS = {
  consentRequired: true,
  respectDoNotTrack: true,
  respectGlobalPrivacyControl: true,
  ipHashDays: 7,
  clickAnswer: 'when-stored',
};
const NEVER_CHANGED = { revision: 0, changedAt: null, changedBy: null };

describe("the settings of a merchant's storefront", () => {
  let server: PeopleServer;
  let owner: Owner;
  let staffId: string;
  before(async () => {
    server = await startPeople();
  });
  beforeEach(async () => {
    owner = await anOwner(server, 'Tea shop');
    staffId = (await owner.get('/me')).body.staff.id;
  });
  after(() => server.stop());

  const put = (body: object, as = owner) =>
    request(server.app).put('/api/v1/settings/storefront').set(as.headers).send(body);
  const get = async (as = owner) => (await as.get('/settings/storefront')).body;
  const versions = () =>
    server.connection
      .collection('storefrontSettings')
      .find({ merchantId: owner.merchantId }, { sort: { revision: 1 } })
      .toArray();

  it('keep the least of a visitor as long as nobody says otherwise', async () => {
    expect(await get()).to.deep.equal({ ...DEFAULTS, ...NEVER_CHANGED });
  });

  it('hold from the moment at which somebody changes them, and tell who did and when', async () => {
    const { status, body } = await put({ consentRequired: false, ipHashDays: 30, clickAnswer: 'at-once' });
    expect(status).to.equal(200);
    expect(body).to.deep.equal({
      ...DEFAULTS,
      ...{ consentRequired: false, ipHashDays: 30, clickAnswer: 'at-once' },
      ...{ revision: 1, changedAt: server.now().toISOString(), changedBy: staffId },
    });
    expect(await get()).to.deep.equal(body);
  });

  it('are replaced as a whole: what is left out takes its default again', async () => {
    await put({ respectDoNotTrack: false, ipHashDays: 30 });
    expect((await put({ ipHashDays: 14 })).body).to.include({ ...DEFAULTS, ipHashDays: 14, revision: 2 });
  });

  it('keep every version, so that it can be told what held when', async () => {
    await put({ ipHashDays: 30 });
    await put({ ipHashDays: 14 });
    expect((await versions()).map(({ revision, settings }) => [revision, settings.ipHashDays])).to.deep.equal(
      [
        [1, 30],
        [2, 14],
      ],
    );
  });

  it('are not changed by saying the same again', async () => {
    const first = (await put({ ipHashDays: 30 })).body;
    server.advance(60_000);
    expect((await put({ ipHashDays: 30 })).body).to.deep.equal(first);
    expect(await versions()).to.have.length(1);
  });

  it('are not overwritten by somebody who has read an older revision', async () => {
    await put({ ipHashDays: 30, revision: 0 });
    const late = await put({ ipHashDays: 14, revision: 0 });
    expect([late.status, late.body.error.code]).to.deep.equal([409, 'conflict']);
    expect(late.body.error.message).to.equal('The settings were changed meanwhile; revision 1 holds.');
    expect(await get()).to.include({ ipHashDays: 30, revision: 1 });
    expect((await put({ ipHashDays: 14, revision: 1 })).body).to.include({ ipHashDays: 14, revision: 2 });
  });

  it('are numbered without a gap when many change them at once', async () => {
    const answers = await Promise.all([8, 9, 10, 11, 12].map((ipHashDays) => put({ ipHashDays })));
    expect(answers.map(({ body }) => body.revision).toSorted()).to.deep.equal([1, 2, 3, 4, 5]);
    const [last] = answers.filter(({ body }) => body.revision === 5);
    expect((await get()).ipHashDays).to.equal(last?.body.ipHashDays);
  });

  it("are each merchant's own", async () => {
    await put({ ipHashDays: 30 });
    const other = await anOwner(server, 'Coffee shop');
    expect(await get(other)).to.deep.equal({ ...DEFAULTS, ...NEVER_CHANGED });
  });

  for (const [field, value] of [
    ['ipHashDays', 0],
    ['ipHashDays', 91],
    ['ipHashDays', 1.5],
    ['clickAnswer', 'never'],
    ['consentRequired', 'no'],
    ['respectDoNotTrack', null],
  ] as const) {
    it(`are refused with ${JSON.stringify(value)} as ${field}, and nothing changes`, async () => {
      const { status, body } = await put({ [field]: value });
      expect([status, body.error.issues[0].path]).to.deep.equal([400, field]);
      expect(await get()).to.include(NEVER_CHANGED);
    });
  }

  it('are refused with a setting that does not exist', async () => {
    const { status, body } = await put({ keepForEver: true });
    expect([status, body.error.code]).to.deep.equal([400, 'invalid-input']);
    expect(await versions()).to.deep.equal([]);
  });
});
