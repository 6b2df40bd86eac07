import { expect } from 'chai';
import { referenceProgramme } from '../../../server/people/programs/index.ts';
import { RULE_LEVELS } from '../../../server/shared/program-rules.ts';
import { anOwner, startPeople, type Owner, type PeopleServer } from '../../support/people.ts';

const MINUTE = 60_000;
const DEFAULT_TERMS = { order: [...RULE_LEVELS], exclude: { productIds: [], categoryIds: [] }, include: [] };

describe('a programme', () => {
  let server: PeopleServer;
  let owner: Owner;
  before(async () => {
    server = await startPeople();
    owner = await anOwner(server, 'Tea shop');
  });
  after(() => server.stop());

  let made = 0;
  const create = async (given: object = {}) => {
    const answer = await owner.post('/programs', {
      ...referenceProgramme(),
      name: `P${(made += 1)}`,
      ...given,
    });
    expect(answer.status, answer.text).to.equal(201);
    return answer.body;
  };
  const inAMinute = () => new Date(server.now().getTime() + MINUTE);

  it('begins live, with the first version of its settings and rules', async () => {
    const program = await create({ settings: { settleHours: 24 } });
    const from = server.now().toISOString();
    expect(program.statuses).to.deep.equal([{ status: 'live', from }]);
    const [settings] = program.settingsVersions;
    expect(settings).to.include({ version: 1, effectiveFrom: from });
    expect(settings.settings).to.include({
      settleHours: 24,
      touchOrder: 'last',
      clickWindowSeconds: 2_592_000,
    });
    expect(program.ruleVersions).to.deep.equal([
      { version: 1, effectiveFrom: from, rules: referenceProgramme().rules, ...DEFAULT_TERMS },
    ]);
    expect((await owner.get(`/programs/${program.id}`)).body).to.deep.equal(program);
  });

  it('pays 20 % by link and 10 % by coupon in the reference programme (S5)', () => {
    const rates = referenceProgramme().rules.map(({ args, scope }) => [args, scope]);
    expect(rates).to.deep.equal([
      [{ ratePpm: 200_000 }, {}],
      [{ ratePpm: 100_000 }, { coupon: true }],
    ]);
  });

  it('gets new rules beside the old ones, which stay as they were', async () => {
    const program = await create();
    server.advance(MINUTE);
    const rules = [{ id: 'link', kind: 'percent', args: { ratePpm: 150_000 }, scope: {} }];
    const { status, body } = await owner.post(`/programs/${program.id}/rules`, { rules });
    expect(status).to.equal(201);
    expect(body.ruleVersions).to.deep.equal([
      ...program.ruleVersions,
      { version: 2, effectiveFrom: server.now().toISOString(), rules, ...DEFAULT_TERMS },
    ]);
  });

  it('says in a rules version what leaves the base, what is taken in, and which rule comes first (S4, S5)', async () => {
    const { id } = await create();
    const terms = {
      order: RULE_LEVELS.toReversed(),
      exclude: { productIds: ['gift-wrap'], categoryIds: ['sale'] },
      include: ['shipping'],
    };
    const { status, body } = await owner.post(`/programs/${id}/rules`, { rules: [], ...terms });
    expect(status).to.equal(201);
    expect(body.ruleVersions[1]).to.deep.include(terms);
  });

  it('reads a rules version that was stored without such terms as having the default ones', async () => {
    const { id } = await create();
    const unset = { 'ruleVersions.0.order': 1, 'ruleVersions.0.exclude': 1, 'ruleVersions.0.include': 1 };
    await server.connection.collection('programs').updateOne({ _id: id as never }, { $unset: unset });
    const { body } = await owner.get(`/programs/${id}`);
    expect(body.ruleVersions[0]).to.deep.include(DEFAULT_TERMS);
  });

  it('gets new settings from a later moment on', async () => {
    const program = await create();
    const effectiveFrom = inAMinute().toISOString();
    const { body } = await owner.post(`/programs/${program.id}/settings`, { effectiveFrom, settings: {} });
    expect(body.settingsVersions[1]).to.include({ version: 2, effectiveFrom });
  });

  it('never gets terms for a time that is over, or before terms that are planned', async () => {
    const program = await create();
    const add = (effectiveFrom: Date) =>
      owner.post(`/programs/${program.id}/rules`, { effectiveFrom: effectiveFrom.toISOString(), rules: [] });
    const past = await add(new Date(server.now().getTime() - 1));
    expect([past.status, past.body.error.issues[0].path]).to.deep.equal([400, 'effectiveFrom']);
    expect((await add(inAMinute())).status).to.equal(201);
    expect((await add(new Date(inAMinute().getTime() - 1))).status).to.equal(400);
    const { body } = await owner.get(`/programs/${program.id}`);
    expect(body.ruleVersions).to.have.length(2);
  });

  it('numbers versions that come at the same time one after the other', async () => {
    const { id } = await create();
    await Promise.all([1, 2, 3, 4].map(() => owner.post(`/programs/${id}/rules`, { rules: [] })));
    const { body } = await owner.get(`/programs/${id}`);
    const numbers = body.ruleVersions.map((each: { version: number }) => each.version);
    expect(numbers).to.deep.equal([1, 2, 3, 4, 5]);
  });

  it('refuses rules of a kind that does not exist, and changes nothing', async () => {
    const { id } = await create();
    const rules = [{ id: 'x', kind: 'lottery', args: {} }];
    const answer = await owner.post(`/programs/${id}/rules`, { rules });
    expect([answer.status, answer.body.error.issues[0].path]).to.deep.equal([400, 'rules.0.kind']);
    expect((await owner.get(`/programs/${id}`)).body.ruleVersions).to.have.length(1);
    expect((await owner.post('/programs', { name: 'Lottery', rules })).status).to.equal(400);
  });

  it('pauses and goes on, with the moments kept', async () => {
    const { id } = await create();
    await owner.post(`/programs/${id}/pause`);
    await owner.post(`/programs/${id}/pause`);
    const { body } = await owner.post(`/programs/${id}/resume`);
    expect(body.status).to.equal('live');
    expect(body.statuses.map((each: { status: string }) => each.status)).to.deep.equal([
      'live',
      'paused',
      'live',
    ]);
  });

  it('has a name of its own', async () => {
    const { name } = await create();
    const again = await owner.post('/programs', { name, rules: [] });
    expect([again.status, again.body.error.code]).to.deep.equal([409, 'conflict']);
  });
});
