import { expect } from 'chai';
import { DomainError } from '../../../server/shared/errors.ts';
import { startPeople, type PeopleServer } from '../../support/people.ts';

const form = {
  name: 'Tea shop',
  timeZone: 'Europe/Vienna',
  email: 'Owner@Example.org',
  password: 'a long password',
};

describe('the first start', () => {
  let server: PeopleServer;
  beforeEach(async () => {
    server = await startPeople();
  });
  afterEach(() => server.stop());

  const merchants = () => server.parts.merchants;
  const newToken = async () => (await merchants().createSetupLink())?.token ?? '';
  const codeOf = (attempt: Promise<unknown>) =>
    attempt.then(
      () => 'done',
      (error: unknown) => (error instanceof DomainError ? error.code : 'unexpected'),
    );

  it('creates the merchant once by a link', async () => {
    const token = await newToken();
    expect(await merchants().isSetupOpen(token)).to.equal(true);
    await merchants().completeSetup(token, form);
    expect(await merchants().isSetupOpen(token)).to.equal(false);
    expect(await codeOf(merchants().completeSetup(token, { ...form, email: 'b@example.org' }))).to.equal(
      'not-found',
    );
  });

  it('gives no other link once a merchant exists', async () => {
    await merchants().completeSetup(await newToken(), form);
    expect(await merchants().createSetupLink()).to.equal(undefined);
  });

  it('lets one of two simultaneous visitors win', async () => {
    const token = await newToken();
    const forms = ['a@example.org', 'b@example.org'].map((email) => ({ ...form, email }));
    const outcomes = await Promise.all(forms.map((each) => codeOf(merchants().completeSetup(token, each))));
    expect(outcomes.filter((outcome) => outcome === 'done')).to.have.length(1);
  });

  it('refuses a link after a day, and one that it did not give', async () => {
    const token = await newToken();
    expect(await merchants().isSetupOpen(`${token.slice(0, -1)}_`)).to.equal(false);
    server.advance(24 * 3_600_000);
    expect(await codeOf(merchants().completeSetup(token, form))).to.equal('not-found');
  });

  it('leaves the link open when an answer is wrong, and says which', async () => {
    const token = await newToken();
    const wrong = { name: '', timeZone: 'Mars/Base', email: 'nobody', password: 'short' };
    const error = await merchants()
      .completeSetup(token, wrong)
      .catch((each: unknown) => each as DomainError);
    const paths = (error as DomainError).issues.map((issue) => issue.path);
    expect(paths).to.have.members(['name', 'timeZone', 'email', 'password']);
    expect(await merchants().isSetupOpen(token)).to.equal(true);
  });

  it('stores the token as a hash only', async () => {
    const token = await newToken();
    const stored = await server.connection.collection('setupLinks').find().toArray();
    expect(stored).to.have.length(1);
    expect(JSON.stringify(stored)).to.not.include(token);
  });
});

describe('creating further merchants', () => {
  let server: PeopleServer;
  before(async () => {
    server = await startPeople();
  });
  after(() => server.stop());

  it('is refused for an e-mail that signs somebody in already, in any case', async () => {
    const { createMerchant } = server.parts.merchants;
    await createMerchant(form);
    const error = await createMerchant({ ...form, email: 'owner@EXAMPLE.org' }).catch(
      (each: unknown) => each,
    );
    expect(error).to.be.instanceOf(DomainError).and.have.property('code', 'conflict');
  });
});
