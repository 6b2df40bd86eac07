import { serialize } from 'bson';
import { expect } from 'chai';
import mongoose from 'mongoose';
import { decodeDocument } from '../../../../server/platform/mongo/embedded/values/bson.ts';
import { describeWhen, sharedAvailable } from '../../../support/requires.ts';
import { namesInCommand } from './names-in-command.ts';
import { RECORDED_CASES } from './recorded-cases.ts';
import { recordedScenarios } from './recorded-scenarios.ts';
import type { Scenario, Verdict } from './replay-scenario.ts';
import { replayScenario } from './replay-scenario.ts';
import { SERVED_OPERATORS, mingoIsWrong } from './support-tables.ts';
import { temporaryStore } from './temporary-store.ts';

describeWhen(sharedAvailable(), 'What a real MongoDB answered in recorded scenarios', function () {
  this.timeout(300_000);
  const verdicts: { scenario: Scenario; verdict: Verdict }[] = [];

  before(async () => {
    const store = await temporaryStore();
    const client = await mongoose.mongo.MongoClient.connect(store.uri);
    for (const scenario of recordedScenarios()) {
      await client.db('wire').dropDatabase();
      verdicts.push({ scenario, verdict: await replayScenario(client.db('wire'), scenario) });
    }
    await client.close();
    await store.remove();
  });

  it('is answered the same at least nine times in ten, refused otherwise, and never wrongly', () => {
    const count = (kind: Verdict['kind']): number =>
      verdicts.filter(({ verdict }) => verdict.kind === kind).length;
    const figures = { same: count('same'), refused: count('refused'), wrong: count('wrong') };
    console.log(
      `      recorded scenarios: ${figures.same} same, ${figures.refused} refused with 238, ${figures.wrong} wrong`,
    );
    const wrong = verdicts.filter(({ verdict }) => verdict.kind === 'wrong');
    expect(wrong.map(({ scenario, verdict }) => ({ name: titleOf(scenario), ...verdict }))).to.deep.equal([]);
    expect(figures.same).to.be.at.least(0.9 * verdicts.length);
  });

  it('shows each operator that is served in a scenario that uses it and is answered the same', () => {
    const same = verdicts.filter(({ verdict }) => verdict.kind === 'same');
    const namesByScenario = new Map(same.map(({ scenario }) => [titleOf(scenario), namesIn(scenario)]));
    const isShown = (operator: string): boolean =>
      namesByScenario.get(RECORDED_CASES[operator] ?? '')?.has(operator) === true;

    const operators = Object.values(SERVED_OPERATORS).flat();
    expect(operators.filter((operator) => !isShown(operator))).to.deep.equal([]);
    expect(Object.keys(RECORDED_CASES)).to.have.members(operators);
  });
});

describe('What mingo answers otherwise than a real MongoDB', () => {
  it('stands beside the operator that is served in its place', () => {
    const found = mingoIsWrong();
    const shown = found.filter(({ operator, scenario }) => RECORDED_CASES[operator] === scenario);
    // An operator may be of two kinds, as `$in` is, and ADR 5 has one scenario for the two.
    const names = (rows: typeof found): Set<string> => new Set(rows.map(({ scenario }) => scenario));
    expect([...names(shown)]).to.have.members([...names(found)]);
    expect(shown.map(({ operator }) => operator)).to.include.members(['filter $all', 'update $inc']);
  });
});

function titleOf({ group, name }: Scenario): string {
  return `${group}: ${name}`;
}

function namesIn({ steps }: Scenario): Set<string> {
  return new Set(steps.flatMap(({ send }) => namesInCommand(decodeDocument(serialize(send)))));
}
