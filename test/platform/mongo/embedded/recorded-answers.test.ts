import { expect } from 'chai';
import mongoose from 'mongoose';
import { describeWhen, sharedAvailable } from '../../../support/requires.ts';
import { recordedScenarios } from './recorded-scenarios.ts';
import type { Scenario, Verdict } from './replay-scenario.ts';
import { replayScenario } from './replay-scenario.ts';
import { temporaryStore } from './temporary-store.ts';

describeWhen(sharedAvailable(), 'What a real MongoDB answered in recorded scenarios', function () {
  this.timeout(120_000);

  it('is answered the same at least nine times in ten, refused otherwise, and never wrongly', async () => {
    const store = await temporaryStore();
    const client = await mongoose.mongo.MongoClient.connect(store.uri);
    const verdicts: { scenario: Scenario; verdict: Verdict }[] = [];
    for (const scenario of recordedScenarios()) {
      await client.db('wire').dropDatabase();
      verdicts.push({ scenario, verdict: await replayScenario(client.db('wire'), scenario) });
    }
    await client.close();
    await store.remove();

    const count = (kind: Verdict['kind']): number =>
      verdicts.filter(({ verdict }) => verdict.kind === kind).length;
    const figures = { same: count('same'), refused: count('refused'), wrong: count('wrong') };
    console.log(
      `      recorded scenarios: ${figures.same} same, ${figures.refused} refused with 238, ${figures.wrong} wrong`,
    );
    const wrong = verdicts.filter(({ verdict }) => verdict.kind === 'wrong');
    expect(
      wrong.map(({ scenario, verdict }) => ({ name: `${scenario.group}: ${scenario.name}`, ...verdict })),
    ).to.deep.equal([]);
    expect(figures.same).to.be.at.least(0.9 * verdicts.length);
  });
});
