import { expect } from 'chai';
import request from 'supertest';
import { anApp } from './an-app.ts';

describe('a request that a proxy passed on', () => {
  const warningsAfterTwo = async (trustProxy: number) => {
    const { app, lines } = anApp({ trustProxy });
    for (const ip of ['192.0.2.1', '192.0.2.2']) await request(app).get('/live').set('X-Forwarded-For', ip);
    expect(lines()).to.not.include('192.0.2');
    return lines().split('TRUST_PROXY').length - 1;
  };

  it('is warned of once when no proxy is configured', async () => {
    expect(await warningsAfterTwo(0)).to.equal(1);
  });

  it('is nothing to speak of when one is configured', async () => {
    expect(await warningsAfterTwo(1)).to.equal(0);
  });
});
