import { expect } from 'chai';
import type { Page } from '../../storefront-snippet/page.ts';
import { sendTouch } from '../../storefront-snippet/send-touch.ts';

const options = {
  server: 'https://partners.example',
  storeKey: 'store_1',
  params: ['ref'],
  window: 60,
};

interface Sent {
  by: 'beacon' | 'fetch';
  address: string;
  body: Record<string, unknown>;
}

function aPage(
  beacon: 'works' | 'refuses' | 'is missing',
  referrer = '',
  href = 'https://shop.example/tea?ref=ANNA#token=1',
): { page: Page; sent: Sent[] } {
  const sent: Sent[] = [];
  const note = (by: Sent['by'], address: string, body: string): number =>
    sent.push({ by, address, body: JSON.parse(body) });
  const sendBeacon = (address: string, body: string): boolean =>
    beacon === 'works' && note('beacon', address, body) > 0;
  const page = {
    document: { referrer },
    location: { href },
    navigator: beacon === 'is missing' ? {} : { sendBeacon },
    fetch(address: string, { body }: { body: string }) {
      note('fetch', address, body);
      return Promise.reject(new TypeError('blocked'));
    },
  };
  return { page: page as unknown as Page, sent };
}

describe('sending a touch', () => {
  it('goes by beacon, once, with what the contract names', () => {
    const { page, sent } = aPage('works', 'https://blog.example/');
    sendTouch(page, options, 'ANNA', 'visitor-1');
    expect(sent).to.have.length(1);
    expect(sent[0]?.by).to.equal('beacon');
    expect(sent[0]?.address).to.equal('https://partners.example/collect/v1/touches');
    const { occurredAt, ...facts } = sent[0]?.body ?? {};
    expect(new Date(String(occurredAt)).toISOString()).to.equal(occurredAt);
    expect(facts).to.deep.equal({
      storeKey: 'store_1',
      code: 'ANNA',
      url: 'https://shop.example/tea?ref=ANNA',
      referrer: 'https://blog.example/',
      visitorKey: 'visitor-1',
      consent: true,
    });
  });

  it('says so when no referrer is known', () => {
    const { page, sent } = aPage('works');
    sendTouch(page, options, 'ANNA', 'visitor-1');
    expect(sent[0]?.body).to.include({ referrer: '' });
  });

  it('goes without a code for a visit over a direct link', () => {
    const { page, sent } = aPage('works', 'https://blog.example/', 'https://shop.example/tea');
    sendTouch(page, options, undefined, 'visitor-1');
    expect(sent[0]?.body).to.include({ referrer: 'https://blog.example/' });
    expect(sent[0]?.body).not.to.have.property('code');
  });

  it('cuts addresses that the server would refuse for their length', () => {
    const long = `https://ads.example/?click=${'x'.repeat(5000)}`;
    const { page, sent } = aPage('works', long, long);
    sendTouch(page, options, 'ANNA', 'visitor-1');
    expect(sent[0]?.body).to.include({ url: long.slice(0, 2000), referrer: long.slice(0, 2000) });
  });

  for (const beacon of ['refuses', 'is missing'] as const) {
    it(`goes by fetch where the beacon ${beacon}, and a blocked fetch is nobody's error`, () => {
      const { page, sent } = aPage(beacon);
      sendTouch(page, options, 'ANNA', 'visitor-1');
      expect(sent.map(({ by }) => by)).to.deep.equal(['fetch']);
    });
  }
});
