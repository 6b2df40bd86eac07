import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { EJSON } from 'bson';
import { sharedFixtures } from '../../../support/requires.ts';
import type { Scenario } from './replay-scenario.ts';

/** Every conversation with a real MongoDB that was recorded. */
export function recordedScenarios(): Scenario[] {
  const folder = join(sharedFixtures() ?? '', 'mongo-wire');
  const files = readdirSync(folder).filter((name) => name.endsWith('.jsonl'));
  const lines = files.flatMap((name) => readFileSync(join(folder, name), 'utf8').trim().split('\n'));
  return lines.map((line) => EJSON.parse(line, { relaxed: false }) as Scenario);
}
