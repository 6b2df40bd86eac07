import { expect } from 'chai';
import { logInSum } from '../../server/platform/log-in-sum.ts';

describe('what may happen thousands of times a second', () => {
  it('is told of at once, and the rest of the second in one line with its number', async () => {
    const lines: [object, string][] = [];
    const lastLine = new Promise<void>((resolve) => {
      const warn = (context: object, text: string): void => {
        lines.push([context, text]);
        if (lines.length === 3) resolve();
      };
      const note = logInSum({ warn: warn as never });
      for (let refused = 1; refused <= 1_000; refused += 1) note('refused', { route: `/r/${refused}` });
      note('lost');
    });
    expect(lines).to.deep.equal([
      [{ route: '/r/1' }, 'refused'],
      [{}, 'lost'],
    ]);
    await lastLine;
    expect(lines[2]).to.deep.equal([{ times: 999 }, 'refused: more of the same within a second']);
  });
});
