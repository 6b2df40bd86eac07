import { expect } from 'chai';
import request from 'supertest';
import { startPeople, type PeopleServer } from '../support/people.ts';

describe("the server's own address in a browser", () => {
  let server: PeopleServer;
  before(async () => {
    server = await startPeople();
  });
  after(() => server.stop());

  const open = async (query = '') => (await request(server.app).get(`/${query}`).expect(200)).text;

  it('says what runs here', async () => {
    expect(await open()).to.include('This server runs the partner programme of a shop.');
  });

  it("tells the owner of a shop whose plugin's button led there what to do next", async () => {
    const page = await open(`?connect=${encodeURIComponent('https://tea.example/shop/')}`);
    expect(page)
      .to.include('You came from https://tea.example/shop.')
      .and.include('POST /api/v1/auth/login')
      .and.include('/authorization')
      .and.include('connectionKey');
  });

  const odd: [what: string, address: string, shows: string][] = [
    ['no address', 'tea', 'This server runs'],
    ['a script', 'javascript:alert(1)', 'This server runs'],
    ['markup', 'https://tea.example/<script>alert(1)</script>', 'https://tea.example/%3Cscript%3E'],
    ['a password', 'https://anna:hidden@tea.example/?key=hidden', 'You came from https://tea.example.'],
    ['more than an address', `https://tea.example/${'a'.repeat(3_000)}`, 'This server runs'],
  ];
  for (const [what, address, shows] of odd) {
    it(`shows nothing odd of an address that is ${what}`, async () => {
      const page = await open(`?connect=${encodeURIComponent(address)}`);
      expect(page).to.include(shows);
      expect(page).to.not.include('<script').and.not.include('hidden').and.not.include('alert(1)"');
    });
  }
});
