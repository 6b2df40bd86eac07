import { expect } from 'chai';
import { affiliateCode } from '../../../server/people/programs/memberships/membership.ts';
import { suggestCode } from '../../../server/people/programs/memberships/suggest-code.ts';

describe('a code made from a name', () => {
  const cases: [string, string][] = [
    ['Anna Berg', 'anna-berg-7k3f'],
    ['Änna Bérg', 'anna-berg-7k3f'],
    ['  --Tea & Co.--  ', 'tea-co-7k3f'],
    ['山田太郎', 'partner-7k3f'],
    ['', 'partner-7k3f'],
    ['The Longest Name Of All Partners', 'the-longest-name-of-7k3f'],
  ];
  for (const [name, code] of cases) {
    it(`is ${code} for "${name}"`, () => {
      expect(suggestCode(name, '7k3f')).to.equal(code);
      expect(affiliateCode.safeParse(code).success).to.equal(true);
    });
  }
});
