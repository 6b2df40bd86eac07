import { expect } from 'chai';
import { anOrderEvent } from '../support/a-signed-order.ts';
import { startServer, type TestServer } from '../support/a-server.ts';
import { call, openShop, type Shop } from '../support/a-shop.ts';

const withCode = { referral: { code: 'anna', source: 'cookie' } };

describe('input that cannot be right', () => {
  let at: TestServer;
  let shop: Shop;

  before(async () => {
    at = await startServer();
    shop = await openShop(at);
    at.clock.now = new Date('2026-10-02T10:05:00Z');
  });
  after(() => at.stop());

  async function orders(): Promise<number> {
    return (await shop.api('GET', '/api/v1/orders')).body.items.length;
  }

  /** Refused with a code and a help text, and nothing was stored. */
  async function expectRefused(
    answer: { status: number; body: any },
    status: number,
    code: string,
  ): Promise<void> {
    expect([answer.status, answer.body.error?.code]).to.deep.equal([status, code]);
    expect(answer.body.error.help).to.be.a('string').and.not.empty;
    expect(answer.body.error.requestId).to.be.a('string');
    expect(await orders()).to.equal(0);
  }

  describe('a batch of signed events', () => {
    const address = () => `/hooks/v1/events/${shop.stores.custom.id}`;

    it('is refused when another secret signed it', async () => {
      const secret = `whsec_${Buffer.from('another secret that is long enough').toString('base64')}`;
      await expectRefused(await shop.sendEvents([anOrderEvent()], { secret }), 401, 'bad-signature');
    });

    it('is refused when it was signed more than five minutes ago', async () => {
      const late = shop.at({ url: at.url, clock: { now: new Date(at.clock.now.getTime() - 301_000) } });
      await expectRefused(await late.sendEvents([anOrderEvent()]), 401, 'bad-signature');
    });

    it('is refused without a signature', async () => {
      await expectRefused(
        await call(at, 'POST', address(), { events: [anOrderEvent()] }),
        401,
        'bad-signature',
      );
    });

    it('is refused when it is not JSON, or not a batch', async () => {
      await expectRefused(await shop.sendRaw('{"events": ['), 400, 'malformed-body');
      await expectRefused(await shop.sendRaw('{"event": {}}'), 400, 'invalid-input');
      await expectRefused(await shop.sendRaw('{"events": []}'), 400, 'invalid-input');
    });

    it('is refused when it holds more than 50 events or more than 1 MiB', async () => {
      const many = Array.from({ length: 51 }, (_, index) => anOrderEvent({ id: String(index) }));
      await expectRefused(await shop.sendEvents(many), 400, 'invalid-input');
      await expectRefused(
        await shop.sendRaw(JSON.stringify({ events: ['x'.repeat(1_048_577)] })),
        413,
        'body-too-large',
      );
    });

    it('is refused for a store that nobody knows', async () => {
      await expectRefused(
        await call(at, 'POST', '/hooks/v1/events/no-such-store', { events: [anOrderEvent()] }),
        404,
        'not-found',
      );
    });
  });

  describe('one bad event among good ones', () => {
    const bad: [what: string, event: any, says: string][] = [
      ['an unknown currency', anOrderEvent({ ...withCode, currency: 'XYZ' }), 'not an ISO 4217'],
      [
        'more decimals than the currency has',
        anOrderEvent({
          ...withCode,
          currency: 'JPY',
          lines: [{ id: 'l', quantity: 1, subtotal: '1.5', total: '1.5' }],
        }),
        'more decimals',
      ],
      [
        'an amount as a number',
        anOrderEvent({ lines: [{ id: 'l', quantity: 1, subtotal: 100, total: 100 }] }),
        'order.lines.0.subtotal',
      ],
      ['a time that is none', anOrderEvent({ createdAt: 'yesterday' }), 'order.createdAt'],
      ['an unknown type', { ...anOrderEvent(), type: 'order.exploded' }, 'type'],
      ['something that is no object', 'hello', 'event'],
    ];
    for (const [what, event, says] of bad) {
      it(`with ${what} is rejected alone`, async () => {
        const good = anOrderEvent({ id: `good-${what}`, ...withCode });
        const { status, body } = await shop.sendEvents([event, good]);
        expect(status).to.equal(202);
        expect(body.results.map((result: any) => result.status)).to.deep.equal(['rejected', 'accepted']);
        expect(body.results[0].message).to.contain(says);
        expect(body.results[0].eventId).to.equal(event.eventId ?? '');
      });
    }

    it('leaves the good ones credited', async () => {
      expect(await shop.balanceOf('anna')).to.deep.equal({ EUR: 2000 * bad.length });
    });

    it('is known when a batch is sent again', async () => {
      const event = anOrderEvent({ id: 'again' });
      await shop.sendEvents([event]);
      const { body } = await shop.sendEvents([event]);
      expect(body.results).to.deep.equal([{ eventId: event.eventId, status: 'known' }]);
    });
  });

  describe('a touch', () => {
    const send = (touch: Record<string, unknown>) =>
      call(at, 'POST', '/collect/v1/touches', {
        storeKey: shop.stores.custom.storeKey,
        code: 'anna',
        url: 'https://custom.example/',
        consent: true,
        ...touch,
      });

    it('is recorded for a code that an affiliate has', async () => {
      const { status, body } = await send({});
      expect(status).to.equal(202);
      expect(body).to.have.keys('touchId', 'visitorKey');
    });

    it('is recorded for the coupon of a link, and refused with neither code nor coupon', async () => {
      expect((await send({ code: undefined, coupon: 'BEN10' })).status).to.equal(202);
      expect((await send({ code: undefined })).body.error.code).to.equal('unknown-code');
    });

    const refusals: [what: string, touch: Record<string, unknown>, status: number, code: string][] = [
      ['an unknown code', { code: 'nobody' }, 422, 'unknown-code'],
      ['an unknown store', { storeKey: 'nothing' }, 404, 'not-found'],
      ['no consent', { consent: false }, 422, 'impossible'],
      ['a code with other characters', { code: '<script>' }, 400, 'invalid-input'],
      ['an address that is none', { url: 'javascript' }, 400, 'invalid-input'],
    ];
    for (const [what, touch, status, code] of refusals) {
      it(`is refused with ${what}`, async () => {
        const answer = await send(touch);
        expect([answer.status, answer.body.error?.code]).to.deep.equal([status, code]);
      });
    }
  });

  describe('a short link', () => {
    it('leads to its target with the code of its affiliate', async () => {
      const { programId, affiliates } = shop;
      const link = {
        programId,
        affiliateId: affiliates.anna,
        targetUrl: 'https://custom.example/tea?x=1',
        slug: 'annas-tea',
      };
      expect((await shop.api('POST', '/api/v1/links', link)).status).to.equal(201);
      const { status, headers } = await call(at, 'GET', '/r/annas-tea');
      expect([status, headers.get('location')]).to.deep.equal([
        302,
        'https://custom.example/tea?x=1&ref=anna&rfl=annas-tea',
      ]);
    });

    it('is no visit when a preview asks for it, and leads on when too many come', async () => {
      const head = await fetch(`${at.url}/r/annas-tea`, { method: 'HEAD', redirect: 'manual' });
      expect(head.status).to.equal(302);
    });

    it('is not found under another name, and is not made to a foreign host', async () => {
      expect((await call(at, 'GET', '/r/nothing-here')).status).to.equal(404);
      const link = {
        programId: shop.programId,
        affiliateId: shop.affiliates.anna,
        targetUrl: 'https://evil.example/',
      };
      expect((await shop.api('POST', '/api/v1/links', link)).status).to.equal(400);
    });
  });
});
