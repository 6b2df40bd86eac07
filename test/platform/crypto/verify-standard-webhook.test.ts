import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { Webhook } from 'standardwebhooks';
import { verifyStandardWebhook } from '../../../server/platform/crypto/index.ts';

interface Vector {
  why: string;
  secrets: string[];
  id: string;
  timestamp: number;
  body: string;
  signature: string;
}
const vectorsFile = new URL('../../support/vectors/signatures.json', import.meta.url);
const { vectors } = JSON.parse(readFileSync(vectorsFile, 'utf8')) as { vectors: Vector[] };

const CURRENT = 'whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=';
const PREVIOUS = 'whsec_ZGVmZ2hpamtsbW5vcHFyc3R1dnd4eXp7';
const now = new Date('2026-05-01T12:00:00Z');
const body = Buffer.from('{"events":[]}');

function message(change: { at?: Date; secret?: string; signature?: string; id?: string } = {}) {
  const at = change.at ?? now;
  return {
    'webhook-id': change.id ?? 'msg_1',
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature':
      change.signature ?? new Webhook(change.secret ?? CURRENT).sign('msg_1', at, body.toString()),
  };
}

const check = (headers: Record<string, string>, secrets = [CURRENT, PREVIOUS]) =>
  verifyStandardWebhook({ headers, body, secrets, now });

describe('a message signed as Standard Webhooks asks', () => {
  it('is genuine when the reference library signed it', () => {
    expect(check(message())).to.deep.equal({ ok: true, id: 'msg_1' });
  });

  it('is genuine under the previous secret while it rotates', () => {
    expect(check(message({ secret: PREVIOUS })).ok).to.equal(true);
  });

  it('is genuine when one of several signatures is', () => {
    const signature = `v1a,AAAA v1,AAAA ${message()['webhook-signature']}`;
    expect(check(message({ signature })).ok).to.equal(true);
  });

  it('is genuine when its signature is the eighth, and refused when it is the ninth', () => {
    const after = (count: number) => `${'v1,AAAA '.repeat(count)}${message()['webhook-signature']}`;
    expect(check(message({ signature: after(7) })).ok).to.equal(true);
    expect(check(message({ signature: after(8) })).ok).to.equal(false);
  });

  for (const vector of vectors) {
    it(`agrees with the WooCommerce plugin: ${vector.why}`, () => {
      for (const secret of vector.secrets) {
        const answer = verifyStandardWebhook({
          headers: {
            'webhook-id': vector.id,
            'webhook-timestamp': String(vector.timestamp),
            'webhook-signature': vector.signature,
          },
          body: Buffer.from(vector.body),
          secrets: [secret],
          now: new Date(vector.timestamp * 1000),
        });
        expect(answer).to.deep.equal({ ok: true, id: vector.id });
      }
    });
  }
});

describe('a message that is not genuine', () => {
  const refusal = (headers: Record<string, string>, secrets?: string[]) => {
    const answer = check(headers, secrets);
    return answer.ok ? 'accepted' : answer.reason;
  };

  it('is refused when its body was signed under another id', () => {
    expect(refusal(message({ id: 'msg_2' }))).to.equal('bad-signature');
  });

  it('is refused under a secret that no longer counts', () => {
    expect(refusal(message({ secret: PREVIOUS }), [CURRENT])).to.equal('bad-signature');
  });

  it('is refused when the shop has no secret, or an empty one', () => {
    expect(refusal(message(), [])).to.equal('bad-signature');
    expect(refusal(message(), ['whsec_'])).to.equal('bad-signature');
  });

  it('is accepted five minutes early or late and refused a second beyond', () => {
    const seconds = (count: number) => message({ at: new Date(now.getTime() + count * 1000) });
    expect(check(seconds(300)).ok).to.equal(true);
    expect(check(seconds(-300)).ok).to.equal(true);
    expect(refusal(seconds(301))).to.equal('outside-time-window');
    expect(refusal(seconds(-301))).to.equal('outside-time-window');
  });

  it('is refused when its time is not a number', () => {
    expect(refusal({ ...message(), 'webhook-timestamp': 'yesterday' })).to.equal('outside-time-window');
  });

  it('is refused when a header is missing', () => {
    for (const name of Object.keys(message())) {
      const headers = Object.fromEntries(Object.entries(message()).filter(([key]) => key !== name));
      expect(refusal(headers), name).to.equal('missing-header');
    }
  });
});
