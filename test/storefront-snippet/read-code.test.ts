import { expect } from 'chai';
import { readCode } from '../../storefront-snippet/read-code.ts';
import codes from '../support/vectors/codes.json' with { type: 'json' };

describe('reading the affiliate code from a URL', () => {
  for (const code of codes.valid) {
    it(`accepts ${code}`, () => {
      expect(readCode(`?ref=${code}`, ['ref'])).to.equal(code);
    });
  }

  for (const code of codes.invalid) {
    it(`refuses ${JSON.stringify(code)}`, () => {
      expect(readCode(`?ref=${encodeURIComponent(code)}`, ['ref'])).to.equal(undefined);
    });
  }

  it('finds none where the URL carries none', () => {
    expect(readCode('', ['ref'])).to.equal(undefined);
    expect(readCode('?page=2', ['ref'])).to.equal(undefined);
  });

  it('finds the code among other parameters', () => {
    expect(readCode('?utm_source=x&aff=ANNA&page=2', ['ref', 'aff'])).to.equal('ANNA');
  });

  it('prefers the parameter that was configured first', () => {
    expect(readCode('?aff=BORIS&ref=ANNA', ['ref', 'aff'])).to.equal('ANNA');
  });

  it('passes over a parameter with an invalid code', () => {
    expect(readCode('?ref=an%20na&aff=BORIS', ['ref', 'aff'])).to.equal('BORIS');
  });
});
