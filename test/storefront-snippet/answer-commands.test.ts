import { expect } from 'chai';
import { answerCommands, type CommandFunction } from '../../storefront-snippet/answer-commands.ts';

describe('the commands of a page', () => {
  it('answers what a stub collected before the script arrived, in order', () => {
    const stub: CommandFunction = () => {};
    stub.q = [
      ['note', 1],
      ['note', 2],
    ];
    const noted: number[] = [];
    answerCommands({ refledger: stub }, { note: (value: number) => noted.push(value) });
    expect(noted).to.deep.equal([1, 2]);
  });

  it('ignores an unknown command and survives a failing one', () => {
    const host: { refledger?: CommandFunction } = {};
    answerCommands(host, {
      fail() {
        throw new Error('broken');
      },
    });
    expect(() => host.refledger?.('nothing', 1)).not.to.throw();
    expect(() => host.refledger?.('fail', 1)).not.to.throw();
  });
});
