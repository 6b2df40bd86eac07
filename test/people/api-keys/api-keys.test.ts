import { expect } from 'chai';
import request from 'supertest';
import { startPeople, anOwner, type Owner, type PeopleServer } from '../../support/people.ts';

describe('an API key for a program of the merchant', () => {
  let server: PeopleServer;
  let owner: Owner;
  before(async () => {
    server = await startPeople();
    owner = await anOwner(server, 'Tea & Co');
  });
  after(() => server.stop());

  const make = async (
    scopes: string[] = ['read'],
  ): Promise<{ id: string; key: string; scopes: string[] }> => {
    const { status, body } = await owner.post('/api-keys', { name: 'Till', scopes });
    expect(status, JSON.stringify(body)).to.equal(201);
    return { ...body.apiKey, key: body.key };
  };
  const callerOf = (key: string) => server.parts.apiKeys.identify(key);
  const listed = async (): Promise<any[]> => (await owner.get('/api-keys')).body.items;

  it('is 32 random bytes behind rfl_, shown once; the list tells its name, its beginning and its scopes', async () => {
    const { id, key } = await make(['read', 'conversions:write', 'read']);
    expect(key).to.match(/^rfl_[\w-]{43}$/);
    const entry = (await listed()).find((item) => item.id === id);
    expect(entry).to.have.all.keys('id', 'name', 'prefix', 'scopes', 'createdAt', 'lastUsedAt');
    expect(entry).to.deep.include({ prefix: key.slice(0, 10), scopes: ['conversions:write', 'read'] });
    const stored = await server.connection.collection('apiKeys').find().toArray();
    expect(JSON.stringify(stored)).to.not.include(key.slice('rfl_'.length));
  });

  it('names its merchant and what it may do, and no affiliate', async () => {
    const { key } = await make(['conversions:write']);
    const found = await callerOf(key);
    expect(found).to.deep.include({ merchantId: owner.merchantId, affiliateId: null });
    expect(found.scopes).to.deep.equal(['conversions:write']);
  });

  it('opens nothing any more when it was deleted, and can be deleted once', async () => {
    const { id, key } = await make();
    const remove = () => request(server.app).delete(`/api/v1/api-keys/${id}`).set(owner.headers);
    expect([(await remove()).status, (await remove()).status]).to.deep.equal([204, 404]);
    const refused = await callerOf(key).catch((error: unknown) => error);
    expect(refused).to.include({ code: 'unauthenticated' });
  });

  it('needs a scope that exists, and a name', async () => {
    for (const body of [
      { name: 'x', scopes: [] },
      { name: 'x', scopes: ['everything'] },
      { scopes: ['read'] },
    ]) {
      expect((await owner.post('/api-keys', body)).status, JSON.stringify(body)).to.equal(400);
    }
  });

  it("is not in the list of an affiliate's keys, nor theirs in this one, nor to be deleted there", async () => {
    const { body: cleo } = await owner.post('/affiliates', { name: 'Cleo', email: 'cleo@example.org' });
    const keysOfCleo = `/affiliates/${cleo.id}/api-keys`;
    const { body: hers } = await owner.post(keysOfCleo, { name: 'Hers' });
    const { id } = await make();
    expect((await listed()).map((item) => item.id))
      .to.include(id)
      .and.not.include(hers.apiKey.id);
    expect((await owner.get(keysOfCleo)).body.items.map((item: any) => item.id)).to.deep.equal([
      hers.apiKey.id,
    ]);
    for (const path of [`/api-keys/${hers.apiKey.id}`, `${keysOfCleo}/${id}`]) {
      const { status } = await request(server.app).delete(`/api/v1${path}`).set(owner.headers);
      expect(status, path).to.equal(404);
    }
  });

  it('is made and deleted by owners alone', () => {
    const accessOf = (method: string) =>
      server.routes.filter((route) => /\/v1\/api-keys/.test(route.path) && route.method === method);
    expect([...accessOf('post'), ...accessOf('delete')].map(({ access }) => access)).to.deep.equal([
      'owner',
      'owner',
    ]);
  });
});
