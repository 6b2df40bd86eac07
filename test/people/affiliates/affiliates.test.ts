import { expect } from 'chai';
import { anOwner, startPeople, type Owner, type PeopleServer } from '../../support/people.ts';

const MINUTE = 60_000;

describe("a merchant's affiliates", () => {
  let server: PeopleServer;
  let owner: Owner;
  before(async () => {
    server = await startPeople();
    owner = await anOwner(server, 'Tea shop');
  });
  after(() => server.stop());

  let people = 0;
  const add = async (given: object = {}) => {
    const person = { name: 'Anna', email: `anna${(people += 1)}@example.org`, ...given };
    return (await owner.post('/affiliates', person)).body;
  };
  const step = (id: string, verb: string) => owner.post(`/affiliates/${id}/${verb}`);

  it('are active at once when the merchant adds them', async () => {
    const anna = await add({ email: ' Anna@Example.org ', locale: 'de-AT' });
    expect(anna).to.include({ email: 'anna@example.org', status: 'active', locale: 'de-AT', parentId: null });
    expect(anna.statuses).to.deep.equal([{ status: 'active', from: server.now().toISOString() }]);
    expect((await owner.get(`/affiliates/${anna.id}`)).body).to.deep.equal(anna);
  });

  it('may wait for approval first', async () => {
    const { id } = await add({ status: 'applied' });
    const [applied] = (await owner.get('/affiliates?status=applied')).body.items;
    expect(applied.id).to.equal(id);
    expect((await step(id, 'approve')).body.status).to.equal('active');
    expect((await owner.get('/affiliates?status=applied')).body.items).to.deep.equal([]);
  });

  it('are there once per e-mail, whatever its case', async () => {
    await add({ email: 'bert@example.org' });
    const again = await owner.post('/affiliates', { name: 'Bert', email: 'BERT@example.org' });
    expect([again.status, again.body.error.code]).to.deep.equal([409, 'conflict']);
  });

  it('keep the history of how they stood', async () => {
    const { id } = await add();
    const started = server.now();
    server.advance(MINUTE);
    await step(id, 'suspend');
    server.advance(MINUTE);
    const { body } = await step(id, 'approve');
    expect(body.statuses).to.deep.equal([
      { status: 'active', from: started.toISOString() },
      { status: 'suspended', from: new Date(started.getTime() + MINUTE).toISOString() },
      { status: 'active', from: new Date(started.getTime() + 2 * MINUTE).toISOString() },
    ]);
  });

  it('cannot take a step that makes no sense, and are told which they can', async () => {
    const { id } = await add();
    const refused = await step(id, 'reject');
    expect(refused.status).to.equal(409);
    expect(refused.body.error).to.include({
      message: 'The affiliate is active and cannot become rejected.',
      help: 'It can become suspended.',
    });
  });

  it('stand where they stood after the same step twice, also at the same time', async () => {
    const { id } = await add({ status: 'applied' });
    const answers = await Promise.all([1, 2, 3].map(() => step(id, 'approve')));
    expect(answers.map((answer) => answer.status)).to.deep.equal([200, 200, 200]);
    const { body } = await owner.get(`/affiliates/${id}`);
    expect(body.statuses.map((each: { status: string }) => each.status)).to.deep.equal(['applied', 'active']);
  });

  it('keep each step that was confirmed, also when two people decide at once', async () => {
    const { id } = await add({ status: 'applied' });
    const answers = await Promise.all(['approve', 'reject'].map((verb) => step(id, verb)));
    const confirmed = answers.filter((answer) => answer.status === 200);
    const { body } = await owner.get(`/affiliates/${id}`);
    expect(body.statuses).to.have.length(1 + confirmed.length);
  });

  it('need a name, an address and a language that exist', async () => {
    const { body } = await owner.post('/affiliates', { name: ' ', email: 'nobody', locale: 'not a tag' });
    const paths = body.error.issues.map((issue: { path: string }) => issue.path);
    expect(paths).to.have.members(['name', 'email', 'locale']);
  });

  it('are listed newest first, in parts, none twice and none left out', async () => {
    const other = await anOwner(server, 'Coffee shop');
    const added: string[] = [];
    for (let count = 0; count < 7; count += 1) {
      if (count % 3 === 0) server.advance(1);
      const { body } = await other.post('/affiliates', { name: 'X', email: `x${count}@example.org` });
      added.push(body.id);
    }
    const listed: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const { body } = await other.get(`/affiliates?limit=2${cursor && `&cursor=${cursor}`}`);
      expect(body.items.length).to.be.at.most(2);
      listed.push(...body.items.map((item: { id: string }) => item.id));
      cursor = body.nextCursor;
    }
    expect(listed).to.have.members(added).and.have.length(7);
    expect(added.slice(6)).to.deep.equal(listed.slice(0, 1));
  });
});
