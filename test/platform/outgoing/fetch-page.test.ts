import { expect } from 'chai';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createFetchPage } from '../../../server/platform/outgoing/fetch-page.ts';
import type { LookupAll } from '../../../server/platform/outgoing/guard-lookup.ts';
import { mayRedirect } from '../../../server/platform/outgoing/may-redirect.ts';
import { isPublicAddress } from '../../../server/platform/outgoing/is-public-address.ts';

const PRIVATE = 'the name leads to an address that is not on the internet';

/** A name server of which every name has these addresses. */
const resolvingTo =
  (...addresses: string[]): LookupAll =>
  (_name, _options, callback) =>
    callback(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );

describe('an address of the internet', () => {
  for (const address of ['8.8.8.8', '93.184.216.34', '2606:4700::1111']) {
    it(`may be connected to: ${address}`, () => expect(isPublicAddress(address)).to.equal(true));
  }
  const special = [
    ...['127.0.0.1', '127.1', '2130706433', '0x7f.1', '0.0.0.0', '10.0.0.1', '172.16.0.1', '192.168.1.1'],
    ...[
      '169.254.169.254',
      '100.64.0.1',
      '192.0.2.1',
      '198.18.0.1',
      '224.0.0.1',
      '240.0.0.1',
      '255.255.255.255',
    ],
    ...['::', '::1', '::7f00:1', '::ffff:127.0.0.1', '::ffff:10.0.0.1', 'fc00::1', 'fe80::1', 'fec0::1'],
    ...['64:ff9b::7f00:1', '2002:7f00:1::', '2001::1', '2001:db8::1', 'ff02::1', 'nonsense', ''],
  ];
  for (const address of special) {
    it(`is not: "${address}"`, () => expect(isPublicAddress(address)).to.equal(false));
  }
});

describe('a redirect', () => {
  const cases: [string, string, boolean][] = [
    ['https://blog.example/a', 'https://blog.example/b', true],
    ['https://blog.example/', 'https://BLOG.example:443/b', true],
    ['http://blog.example/', 'https://blog.example/', true],
    ['https://blog.example/', 'http://blog.example/', false],
    ['https://blog.example/', 'https://blog.example:8443/', false],
    ['http://blog.example/', 'https://blog.example:8443/', false],
    ['https://blog.example/', 'https://www.blog.example/', false],
    ['https://blog.example/', 'https://blog.example.evil.example/', false],
  ];
  for (const [from, to, stays] of cases) {
    it(`from ${from} to ${to} ${stays ? 'stays with whoever was asked' : 'leads away'}`, () => {
      expect(mayRedirect(new URL(from), new URL(to))).to.equal(stays);
    });
  }
});

describe('a page of a host that somebody named', () => {
  let server: Server;
  let port: number;
  let requests: string[];
  let answer: RequestListener;
  before(async () => {
    server = createServer((request, response) => {
      requests.push(`${request.headers.host} ${request.url}`);
      answer(request, response);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    ({ port } = server.address() as AddressInfo);
  });
  beforeEach(() => {
    requests = [];
    answer = (_request, response) => response.end('Tea');
  });
  after(() => {
    server.closeAllConnections();
    server.close();
  });

  /** Lets loopback through, where the pages of this suite live. */
  const open = (timeout = 2_000) =>
    createFetchPage({ mayConnect: () => true, lookup: resolvingTo('127.0.0.1'), timeout });

  it('is read', async () => {
    expect(await open()(`http://blog.example:${port}/teas?x=1`)).to.deep.equal({
      ok: true,
      status: 200,
      text: 'Tea',
    });
    expect(requests).to.deep.equal([`blog.example:${port} /teas?x=1`]);
  });

  const guarded: [string, string, LookupAll | undefined][] = [
    ['a name that leads to loopback', 'blog.example', resolvingTo('127.0.0.1')],
    [
      'a name of which one address of two is private',
      'blog.example',
      resolvingTo('93.184.216.34', '10.0.0.1'),
    ],
    ['the metadata address of a cloud', 'blog.example', resolvingTo('169.254.169.254')],
    ['loopback itself', '127.0.0.1', undefined],
    ['loopback as one number', '2130706433', undefined],
    ['loopback of IPv6', '[::1]', undefined],
    ['loopback of v4 in v6', '[::ffff:127.0.0.1]', undefined],
    ['this machine by name', 'localhost', undefined],
  ];
  for (const [what, host, lookup] of guarded) {
    it(`is not asked for at all: ${what}`, async () => {
      const fetchPage = createFetchPage(lookup ? { lookup } : {});
      expect(await fetchPage(`http://${host}:${port}/`)).to.deep.equal({ ok: false, reason: PRIVATE });
      expect(requests).to.deep.equal([]);
    });
  }

  it('is not asked for when the name turns to loopback between two lookups', async () => {
    let lookups = 0;
    const rebinding: LookupAll = (name, options, callback) => {
      lookups += 1;
      resolvingTo(lookups === 1 ? '127.0.0.1' : '127.0.0.2')(name, options, callback);
    };
    // The first visit may connect; the redirect on the same host asks the name again, and may not.
    answer = (_request, response) => response.writeHead(302, { location: '/again' }).end();
    const fetchPage = createFetchPage({
      lookup: rebinding,
      mayConnect: (address) => address === '127.0.0.1',
    });
    expect(await fetchPage(`http://blog.example:${port}/`)).to.deep.equal({ ok: false, reason: PRIVATE });
    expect(requests).to.deep.equal([`blog.example:${port} /`]);
  });

  it('is followed on the same host, and never to another', async () => {
    answer = (request, response) => {
      const location = request.url === '/' ? '/home' : 'http://other.example/';
      if (request.url === '/home') response.end('Home');
      else response.writeHead(301, { location }).end();
    };
    expect(await open()(`http://blog.example:${port}/`)).to.include({ text: 'Home' });
    expect(await open()(`http://blog.example:${port}/away`)).to.deep.equal({
      ok: false,
      reason: 'it redirects to another host',
    });
    expect(requests.every((each) => each.startsWith('blog.example'))).to.equal(true);
  });

  it('is not followed to another port, where another program may answer', async () => {
    answer = (_request, response) => response.writeHead(302, { location: 'http://blog.example:81/' }).end();
    expect(await open()(`http://blog.example:${port}/`)).to.deep.equal({
      ok: false,
      reason: 'it redirects to http, or to another port',
    });
    expect(requests).to.deep.equal([`blog.example:${port} /`]);
  });

  it('is not followed for ever', async () => {
    answer = (_request, response) => response.writeHead(302, { location: '/' }).end();
    expect(await open()(`http://blog.example:${port}/`)).to.deep.equal({
      ok: false,
      reason: 'it redirects again and again',
    });
    expect(requests).to.have.length(4);
  });

  it('is read to 64 KiB and no further', async () => {
    answer = (_request, response) => {
      const more = () => {
        while (response.write('x'.repeat(10_000)));
      };
      response.on('drain', more);
      more();
    };
    const page = await open()(`http://blog.example:${port}/`);
    expect(page.ok && page.text.length).to.equal(65_536);
  });

  it('is given up when it does not answer, or not to the end', async () => {
    for (const hang of [() => undefined, (response: { write(text: string): void }) => response.write('T')]) {
      answer = (_request, response) => void hang(response);
      expect(await open(200)(`http://blog.example:${port}/`)).to.deep.equal({
        ok: false,
        reason: 'it did not answer within 0.2 s',
      });
    }
  });

  it('is none when the address is of another kind', async () => {
    for (const address of ['ftp://blog.example/', 'file:///etc/passwd', 'javascript:1', 'blog.example', '']) {
      expect(await open()(address), address).to.deep.equal({
        ok: false,
        reason: 'it is no http or https address',
      });
    }
  });

  it('is asked without a name, a password or a cookie of anybody', async () => {
    let headers: object = {};
    answer = (request, response) => {
      ({ headers } = request);
      response.end();
    };
    await open()(`http://user:secret@blog.example:${port}/`);
    expect(headers).to.not.have.any.keys('authorization', 'cookie', 'referer');
  });
});
