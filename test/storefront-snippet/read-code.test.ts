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

  const SHOP = 'https://shop.example/tea';
  const written: [string, string][] = [
    ['before a fragment', '?ref=ANNA#reviews'],
    ['behind a fragment, where people append it', '#reviews?ref=ANNA'],
    ['as the fragment', '#ref=ANNA'],
    ['in the address of a shop that routes by fragments', '?lang=en#/tea/green?ref=ANNA&size=L'],
    ['behind a second question mark', '?lang=en?ref=ANNA'],
    ['by a program that wrote entities', '?lang=en&amp;ref=ANNA&amp;sub=mail'],
    ['behind an empty one of its name', '?ref=&ref=ANNA'],
    ['before another one of its name', '?ref=ANNA&ref=BORIS'],
    ['with its letters encoded', '?%72ef=%41NNA'],
  ];
  for (const [where, rest] of written) {
    it(`finds it ${where}: ${rest}`, () => {
      expect(readCode(`${SHOP}${rest}`, ['ref'])).to.equal('ANNA');
    });
  }

  for (const rest of [
    '?back=%2Fx%3Fref%3DBEN',
    '?xref=BEN',
    '?ref-x=BEN',
    '/ref=BEN',
    '?back=%26ref%3DBEN',
  ]) {
    it(`finds none that is part of something else: ${rest}`, () => {
      expect(readCode(`${SHOP}${rest}`, ['ref'])).to.equal(undefined);
    });
  }

  it('passes over a parameter with an invalid code', () => {
    expect(readCode('?ref=an%20na&aff=BORIS', ['ref', 'aff'])).to.equal('BORIS');
  });
});
