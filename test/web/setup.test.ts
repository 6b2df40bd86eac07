import { expect } from 'chai';
import request from 'supertest';
import { startPeople, type PeopleServer } from '../support/people.ts';

const FORM = {
  name: 'Tea & <Co>',
  email: 'owner@example.org',
  password: 'a long password',
  timeZone: 'Europe/Vienna',
};

describe('the page of the first start', () => {
  let server: PeopleServer;
  let path: string;
  beforeEach(async () => {
    server = await startPeople();
    path = `/setup/${(await server.parts.merchants.createSetupLink())?.token}`;
  });
  afterEach(() => server.stop());

  const open = (address = path) => request(server.app).get(address);
  const submit = (form: object, address = path) => request(server.app).post(address).type('form').send(form);
  const signIn = ({ email, password }: typeof FORM) =>
    request(server.app).post('/api/v1/auth/login').send({ email, password });

  it('asks four questions, each with a label, and loads nothing from elsewhere', async () => {
    const { status, text } = await open();
    expect(status).to.equal(200);
    for (const field of ['name', 'email', 'password', 'timeZone']) {
      expect(text).to.include(`<label for="${field}">`).and.include(`id="${field}"`);
    }
    expect(text).to.include('<html lang="en">').and.include('<option>Europe/Vienna</option>');
    expect(text)
      .to.not.match(/(src|href|action)="(https?:)?\/\//)
      .and.not.include('<script');
    const style = await open('/static/refledger.css');
    expect([style.status, style.type]).to.deep.equal([200, 'text/css']);
  });

  it('is neither cached nor passed on as referrer', async () => {
    const { headers } = await open();
    expect(headers['cache-control']).to.equal('no-store');
    expect(headers['referrer-policy']).to.equal('no-referrer');
  });

  it('creates the account, says what to do next, and lets its owner sign in', async () => {
    const answer = await submit(FORM);
    expect([answer.status, answer.headers['location']]).to.deep.equal([303, '/setup/done']);
    const done = await open('/setup/done');
    expect(done.text).to.include('What to do next').and.include('POST /api/v1/stores');
    expect((await signIn(FORM)).status).to.equal(200);
  });

  it('works once', async () => {
    await submit(FORM);
    const again = [await open(), await submit({ ...FORM, email: 'second@example.org' })];
    for (const { status, text } of again) {
      expect(status).to.equal(404);
      expect(text).to.include('This link does not work any more');
    }
    expect((await signIn({ ...FORM, email: 'second@example.org' })).status).to.equal(401);
  });

  it('shows what is wrong beside its field, keeps what was typed, and never the password', async () => {
    const { status, text } = await submit({ ...FORM, email: '"><script>x</script>', password: 'short' });
    expect(status).to.equal(400);
    expect(text).to.include('Enter an e-mail address.').and.include('Choose at least 10 characters.');
    expect(text).to.include('role="alert"').and.include('aria-invalid="true"');
    expect(text)
      .to.include('value="Tea &amp; &lt;Co&gt;"')
      .and.include('<option selected>Europe/Vienna</option>');
    expect(text).to.not.include('<script').and.not.include('value="short"');
    expect((await open()).status).to.equal(200);
  });

  it('survives a form that is empty, doubled or too large', async () => {
    expect((await submit({})).status).to.equal(400);
    expect((await submit({ name: ['a', 'b'], email: { x: 1 } })).status).to.equal(400);
    expect((await submit({ ...FORM, name: 'x'.repeat(20_000) })).status).to.equal(413);
  });

  it('is closed for a link that nobody gave', async () => {
    expect((await open('/setup/guessed')).status).to.equal(404);
    for (const form of [FORM, {}, { ...FORM, email: 'nobody' }]) {
      const { status, text } = await submit(form, '/setup/guessed');
      expect(status).to.equal(404);
      expect(text).to.not.include('<form');
    }
  });
});
