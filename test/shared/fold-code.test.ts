import { expect } from 'chai';
import fc from 'fast-check';
import { foldCode, foldText } from '../../server/shared/fold-code.ts';
import codes from '../support/vectors/codes.json' with { type: 'json' };

describe('S10 codes are compared folded', () => {
  for (const { why, raw, folded } of codes.fold) {
    it(`${why}: ${JSON.stringify(raw)} is ${JSON.stringify(folded)}`, () => {
      expect(foldCode(raw)).to.equal(folded);
    });
  }

  it('folding what is folded changes nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (raw) => {
        expect(foldText(foldText(raw))).to.equal(foldText(raw));
      }),
      { numRuns: 2000 },
    );
  });
});
