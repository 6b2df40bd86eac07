import { expect } from 'chai';
import jwt from 'jsonwebtoken';
import { loadMasterSecret } from '../../server/load-master-secret.ts';
import { deriveKey } from '../../server/platform/crypto/index.ts';
import { startServer, type TestServer } from '../support/a-server.ts';
import { call, openShop, type Shop } from '../support/a-shop.ts';

const ORDERS = '/api/v1/orders';
const SIXTEEN_MINUTES = 960_000;

describe('who asks for orders', () => {
  let at: TestServer;
  let elsewhere: TestServer;
  let shop: Shop;
  let token: string;
  let claims: jwt.JwtPayload;
  let key: Buffer;
  before(async () => {
    at = await startServer();
    elsewhere = await startServer();
    shop = await openShop(at);
    token = await signIn(at, shop);
    claims = jwt.decode(token, { json: true }) ?? {};
    key = deriveKey(await loadMasterSecret(at.server.dataDir, undefined), 'access-token');
  });
  after(() => Promise.all([at.stop(), elsewhere.stop()]));

  async function signIn(server: TestServer, { email, password }: Shop): Promise<string> {
    const { body } = await call(server, 'POST', '/api/v1/auth/login', { email, password });
    return body.accessToken;
  }

  const askWith = async (authorization: string): Promise<[number, string | undefined]> => {
    const { status, body } = await call(at, 'GET', ORDERS, undefined, { authorization });
    return [status, body.error?.code];
  };
  const askAs = (forged: string) => askWith(`Bearer ${forged}`);
  const refused = [401, 'unauthenticated'];

  it('is let in with the token of a sign-in', async () => {
    expect(await askAs(token)).to.deep.equal([200, undefined]);
  });

  it('is let in by what the token says and how it is signed, which the forgeries below change', async () => {
    expect(await askAs(jwt.sign(claims, key))).to.deep.equal([200, undefined]);
  });

  it('is refused with a token of another installation', async () => {
    const foreign = await signIn(elsewhere, await openShop(elsewhere));
    expect(await askAs(foreign)).to.deep.equal(refused);
  });

  it('is refused when the token is signed with another secret', async () => {
    expect(await askAs(jwt.sign(claims, deriveKey('another secret', 'access-token')))).to.deep.equal(refused);
  });

  it('is refused when the token is not signed at all', async () => {
    expect(await askAs(jwt.sign(claims, '', { algorithm: 'none' }))).to.deep.equal(refused);
  });

  it('is refused when the token is signed in another way than ours', async () => {
    expect(await askAs(jwt.sign(claims, key, { algorithm: 'HS512' }))).to.deep.equal(refused);
  });

  for (const [name, change] of [
    ['for another audience', { aud: 'refledger-pages' }],
    ['of another issuer', { iss: 'somebody-else' }],
    ['for a role that there is not', { role: 'operator' }],
    ['for no merchant', { merchantId: undefined }],
  ] as const) {
    it(`is refused when the token is ${name}`, async () => {
      expect(await askAs(jwt.sign({ ...claims, ...change }, key))).to.deep.equal(refused);
    });
  }

  it('is refused when the token is not sent as a bearer token', async () => {
    expect(await askWith(token)).to.deep.equal(refused);
    expect(await askWith(`Basic ${token}`)).to.deep.equal(refused);
  });

  it('is refused once the token is over', async () => {
    const start = at.clock.now;
    at.clock.now = new Date(start.getTime() + SIXTEEN_MINUTES);
    expect(await askAs(token)).to.deep.equal(refused);
    at.clock.now = start;
  });
});
