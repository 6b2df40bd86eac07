import { expect } from 'chai';
import { call, openShop, type Answer, type Shop } from '../../support/a-shop.ts';
import { startWatchedServer, type WatchedServer } from '../../api/watch-data.ts';

const DAY = 86_400_000;
const OWN = '/api/v1/affiliate/commissions';

describe("an affiliate's API key", () => {
  let at: WatchedServer;
  let shop: Shop;
  let keysOfAnna: string;
  before(async () => {
    at = await startWatchedServer();
    shop = await openShop(at);
    keysOfAnna = `/api/v1/affiliates/${shop.affiliates.anna}/api-keys`;
  });
  after(() => at.stop());

  const make = async (path = keysOfAnna): Promise<{ id: string; key: string }> => {
    const { status, body } = await shop.api('POST', path, { name: 'Reporting' });
    expect(status, JSON.stringify(body)).to.equal(201);
    return { id: body.apiKey.id, key: body.key };
  };
  const readWith = (key: string, path = OWN): Promise<Answer> =>
    call(at, 'GET', path, undefined, { authorization: `Bearer ${key}` });
  const listed = async (id: string): Promise<any> =>
    (await shop.api('GET', keysOfAnna)).body.items.find((item: any) => item.id === id);
  const refusal = ({ status, body }: Answer) => [status, body.error?.code];
  /** A newcomer who applied, and a key for them. */
  const anApplicant = async () => {
    const person = { name: 'Cleo', email: `cleo-${Math.random()}@example.org`, status: 'applied' };
    const { id } = (await shop.api('POST', '/api/v1/affiliates', person)).body;
    return { id, keys: `/api/v1/affiliates/${id}/api-keys` };
  };

  it('is 32 random bytes behind rfl_, and opens what is theirs', async () => {
    const { key } = await make();
    expect(key).to.match(/^rfl_[\w-]{43}$/);
    expect((await readWith(key)).status).to.equal(200);
  });

  it('is shown by the answer that makes it and never again; what is stored cannot open anything', async () => {
    const { id, key } = await make();
    const entry = await listed(id);
    expect(entry).to.have.all.keys('id', 'name', 'prefix', 'createdAt', 'lastUsedAt');
    expect(entry).to.include({ name: 'Reporting', prefix: key.slice(0, 10), lastUsedAt: null });
    const stored = await at.dump();
    expect(stored).to.include(entry.prefix).and.not.include(key);
    expect(stored).to.not.include(key.slice('rfl_'.length));
    const [hash] = /[0-9a-f]{64}/.exec(stored.slice(stored.indexOf('"keyHash"'))) ?? [];
    expect(refusal(await readWith(hash ?? ''))).to.deep.equal([401, 'unauthenticated']);
    expect(refusal(await readWith(`rfl_${hash}`))).to.deep.equal([401, 'unauthenticated']);
  });

  it('tells on which day it was last used, and is not written again on the same day', async () => {
    const { id, key } = await make();
    await readWith(key);
    const today = `${at.clock.now.toISOString().slice(0, 10)}T00:00:00.000Z`;
    expect((await listed(id)).lastUsedAt).to.equal(today);
    const before = await at.dump();
    at.clock.now = new Date(at.clock.now.getTime() + 60_000);
    await readWith(key);
    expect(await at.dump()).to.equal(before);
    at.clock.now = new Date(at.clock.now.getTime() + DAY);
    await readWith(key);
    expect(Date.parse((await listed(id)).lastUsedAt) - Date.parse(today)).to.equal(DAY);
  });

  it('opens nothing once it is deleted, and the other keys still do', async () => {
    const [first, second] = [await make(), await make()];
    expect((await shop.api('DELETE', `${keysOfAnna}/${first.id}`)).status).to.equal(204);
    expect(refusal(await readWith(first.key))).to.deep.equal([401, 'unauthenticated']);
    expect((await readWith(second.key)).status).to.equal(200);
    expect(refusal(await shop.api('DELETE', `${keysOfAnna}/${first.id}`))).to.deep.equal([404, 'not-found']);
  });

  it("is not deleted through another affiliate's address", async () => {
    const { id, key } = await make();
    const path = `/api/v1/affiliates/${shop.affiliates.ben}/api-keys/${id}`;
    expect(refusal(await shop.api('DELETE', path))).to.deep.equal([404, 'not-found']);
    expect((await readWith(key)).status).to.equal(200);
  });

  it('that nobody made opens nothing, in the same words as a deleted one', async () => {
    const { id, key } = await make();
    await shop.api('DELETE', `${keysOfAnna}/${id}`);
    const [deleted, unknown] = [await readWith(key), await readWith(`rfl_${'x'.repeat(43)}`)];
    expect(unknown.status).to.equal(401);
    expect({ ...unknown.body.error, requestId: '' }).to.deep.equal({ ...deleted.body.error, requestId: '' });
  });

  it("does not speak for the merchant, and the merchant's token does not speak for an affiliate", async () => {
    const { key } = await make();
    const asMerchant = await readWith(key, '/api/v1/commissions');
    expect([...refusal(asMerchant), asMerchant.body.error.message]).to.deep.equal([
      403,
      'forbidden',
      "This is for the merchant's staff, and you are an affiliate.",
    ]);
    const asAffiliate = await shop.api('GET', OWN);
    expect(refusal(asAffiliate)).to.deep.equal([403, 'forbidden']);
    expect(asAffiliate.body.error.help).to.include('/api/v1/affiliates/:id/api-keys');
  });

  it('of a suspended affiliate still reads what they earned: it is owed to them', async () => {
    const { id, keys } = await anApplicant();
    await shop.api('POST', `/api/v1/affiliates/${id}/approve`);
    const { key } = await make(keys);
    await shop.api('POST', `/api/v1/affiliates/${id}/suspend`);
    expect((await readWith(key)).status).to.equal(200);
  });

  it('of a rejected affiliate reads nothing until they are approved, and no further key is made', async () => {
    const { id, keys } = await anApplicant();
    const { key } = await make(keys);
    await shop.api('POST', `/api/v1/affiliates/${id}/reject`);
    expect(refusal(await readWith(key))).to.deep.equal([403, 'forbidden']);
    const answer = await shop.api('POST', keys, { name: 'One more' });
    expect([...refusal(answer), answer.body.error.help]).to.deep.equal([
      422,
      'impossible',
      'Approve the affiliate first.',
    ]);
    await shop.api('POST', `/api/v1/affiliates/${id}/approve`);
    expect((await readWith(key)).status).to.equal(200);
  });

  it('needs a name, by which keys are told apart', async () => {
    const { status, body } = await shop.api('POST', keysOfAnna, { name: ' ' });
    expect([status, body.error.issues[0].path]).to.deep.equal([400, 'name']);
  });
});
