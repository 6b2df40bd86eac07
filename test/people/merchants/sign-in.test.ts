import { expect } from 'chai';
import jwt from 'jsonwebtoken';
import request from 'supertest';
import { anOwner, startPeople, type Owner, type PeopleServer } from '../../support/people.ts';

const MINUTE = 60_000;

describe('signing in', () => {
  let server: PeopleServer;
  let owner: Owner;
  before(async () => {
    server = await startPeople();
    owner = await anOwner(server, 'Tea shop');
  });
  after(() => server.stop());

  const post = (path: string, body: object) => request(server.app).post(`/api/v1/auth/${path}`).send(body);
  const logIn = async () => (await post('login', { email: owner.email, password: owner.password })).body;
  const me = (token: string) => request(server.app).get('/api/v1/me').set('Authorization', `Bearer ${token}`);

  it('tells who is signed in, without secrets', async () => {
    const answer = await me((await logIn()).accessToken);
    expect(answer.status).to.equal(200);
    expect(answer.body.merchant).to.include({
      id: owner.merchantId,
      name: 'Tea shop',
      timeZone: 'Europe/Vienna',
    });
    expect(answer.body.staff).to.have.all.keys('id', 'email', 'role');
    expect(answer.body.staff).to.include({ email: owner.email, role: 'owner' });
  });

  it('takes the e-mail in any case', async () => {
    const answer = await post('login', { email: ` ${owner.email.toUpperCase()} `, password: owner.password });
    expect(answer.status).to.equal(200);
  });

  it('says the same of an unknown e-mail and a wrong password', async () => {
    const unknown = await post('login', { email: 'nobody@example.org', password: 'x' });
    const wrong = await post('login', { email: owner.email, password: 'x' });
    const shown = ({ status, body: { error } }: typeof wrong) => ({ ...error, status, requestId: null });
    expect(shown(unknown)).to.deep.equal(shown(wrong));
    expect(wrong.status).to.equal(401);
  });

  it('ends after a quarter of an hour unless it is renewed', async () => {
    const { accessToken } = await logIn();
    server.advance(14 * MINUTE);
    expect((await me(accessToken)).status).to.equal(200);
    server.advance(MINUTE);
    expect((await me(accessToken)).status).to.equal(401);
  });

  it('is renewed by a refresh token that works once', async () => {
    const first = await logIn();
    const second = (await post('refresh', { refreshToken: first.refreshToken })).body;
    expect((await me(second.accessToken)).status).to.equal(200);
    const third = await post('refresh', { refreshToken: second.refreshToken });
    expect(third.status).to.equal(200);
  });

  it('is over for everybody when a refresh token is used twice', async () => {
    const first = await logIn();
    const second = (await post('refresh', { refreshToken: first.refreshToken })).body;
    expect((await post('refresh', { refreshToken: first.refreshToken })).status).to.equal(401);
    expect((await post('refresh', { refreshToken: second.refreshToken })).status).to.equal(401);
  });

  it('gives new tokens to one of two simultaneous renewals at most', async () => {
    const { refreshToken } = await logIn();
    const answers = await Promise.all([1, 2].map(() => post('refresh', { refreshToken })));
    expect(answers.filter((answer) => answer.status === 200)).to.have.length(1);
  });

  it('is over after thirty days without renewal', async () => {
    const { refreshToken } = await logIn();
    server.advance(31 * 24 * 60 * MINUTE);
    expect((await post('refresh', { refreshToken })).status).to.equal(401);
  });

  it('is over after signing out, however often', async () => {
    const { refreshToken } = await logIn();
    expect((await post('logout', { refreshToken })).status).to.equal(204);
    expect((await post('logout', { refreshToken })).status).to.equal(204);
    expect((await post('refresh', { refreshToken })).status).to.equal(401);
  });

  it('is not over when somebody signs out with its name alone', async () => {
    const { refreshToken } = await logIn();
    const [session] = String(refreshToken).split('.');
    expect((await post('logout', { refreshToken: `${session}.guessed` })).status).to.equal(204);
    expect((await post('refresh', { refreshToken })).status).to.equal(200);
  });

  it('does not disturb another sign-in of the same person', async () => {
    const [phone, desk] = [await logIn(), await logIn()];
    await post('logout', { refreshToken: phone.refreshToken });
    expect((await post('refresh', { refreshToken: desk.refreshToken })).status).to.equal(200);
  });

  it('is refused for tokens that are not ours', async () => {
    const { accessToken, refreshToken } = await logIn();
    const [, payload = ''] = String(accessToken).split('.');
    const none = Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url');
    const claims = jwt.decode(accessToken) as Record<string, unknown>;
    const forged = [
      `${none}.${payload}.`,
      jwt.sign({ ...claims }, 'another key'),
      accessToken.slice(0, -4),
      refreshToken,
      '',
    ];
    for (const token of forged) expect((await me(token)).status, token).to.equal(401);
  });

  it('keeps no password and no token in clear', async () => {
    const { refreshToken } = await logIn();
    const stored = await dumpDatabase(server);
    for (const secret of [owner.password, ...String(refreshToken).split('.').slice(1)]) {
      expect(stored).to.not.include(secret);
    }
    expect(stored).to.include('$argon2id$');
  });
});

describe('guessing passwords', () => {
  let server: PeopleServer;
  before(async () => {
    server = await startPeople();
  });
  after(() => server.stop());

  it('is stopped after ten tries, with the time to wait, for known and unknown e-mails alike', async () => {
    const { email } = await anOwner(server, 'Tea shop');
    for (const tried of [email, 'nobody@example.org']) {
      const guess = () =>
        request(server.app).post('/api/v1/auth/login').send({ email: tried, password: 'x' });
      const statuses: number[] = [];
      for (let tries = 0; tries < 11; tries += 1) statuses.push((await guess()).status);
      expect(statuses.at(-1), tried).to.equal(429);
      const { headers, body } = await guess();
      expect(headers['retry-after']).to.match(/^[1-9]\d*$/);
      expect(body.error.code).to.equal('too-many-requests');
    }
  });
});

async function dumpDatabase(server: PeopleServer): Promise<string> {
  const models = Object.values(server.connection.models);
  const documents = await Promise.all(models.map((model) => model.find().lean()));
  return JSON.stringify(documents);
}
