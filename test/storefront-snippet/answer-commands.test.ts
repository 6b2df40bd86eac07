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

  it('keeps what nobody knows yet for the script that arrives second, and repeats nothing', () => {
    const host: { refledger?: CommandFunction } = {};
    const noted: unknown[] = [];
    answerCommands(host, { consent: (value: boolean) => noted.push(['first', value]) });
    host.refledger?.('sale', 1);
    host.refledger?.('consent', true);
    answerCommands(host, {
      sale: (value: number) => noted.push(['sale', value]),
      consent: (value: boolean) => noted.push(['second', value]),
    });
    host.refledger?.('sale', 2);
    host.refledger?.('consent', false);
    expect(noted).to.deep.equal([
      ['first', true],
      ['sale', 1],
      ['second', true],
      ['sale', 2],
      ['first', false],
      ['second', false],
    ]);
  });
});
