import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BSONType } from 'bson';
import { ACCUMULATORS } from '../../../../server/platform/mongo/embedded/aggregate/group.ts';
import { EXPRESSION_OPERATORS } from '../../../../server/platform/mongo/embedded/aggregate/expressions.ts';
import * as refused from '../../../../server/platform/mongo/embedded/refused-names.ts';
import { STAGES } from '../../../../server/platform/mongo/embedded/aggregate/stages.ts';
import { DECODERS } from '../../../../server/platform/mongo/embedded/values/bson.ts';
import { COMMANDS } from '../../../../server/platform/mongo/embedded/commands/commands.ts';
import { INDEX_OPTIONS } from '../../../../server/platform/mongo/embedded/indexes/index-spec.ts';
import { LOGICAL_OPERATORS } from '../../../../server/platform/mongo/embedded/query/compile-filter.ts';
import { FIELD_OPERATORS } from '../../../../server/platform/mongo/embedded/query/compile-filter.ts';
import { PUSH_MODIFIERS } from '../../../../server/platform/mongo/embedded/update/update-operators.ts';
import { UPDATE_OPERATORS } from '../../../../server/platform/mongo/embedded/update/update-operators.ts';
import { RECORDED_CASES } from './recorded-cases.ts';

const ADR_5 = join(import.meta.dirname, '../../../../docs/adr/0005-dependencies.md');

/** Every operator that the code's own tables serve: "filter $in", "stage $group" …, by the title of its kind. */
export const SERVED_OPERATORS: Readonly<Record<string, string[]>> = {
  Filters: named('filter', FIELD_OPERATORS, LOGICAL_OPERATORS),
  Updates: named('update', UPDATE_OPERATORS),
  'Parts of `$push`': PUSH_MODIFIERS.map((name) => `part of $push ${name}`),
  'Places in an update': ['place in an update $', 'place in an update $[]'],
  'Stages of a pipeline': named('stage', STAGES),
  'Accumulators of `$group`': named('accumulator', ACCUMULATORS),
  Expressions: named('expression', EXPRESSION_OPERATORS),
};

/** What ADR 5 found mingo to answer otherwise than MongoDB: the scenario, and what is wrong, by served operator. */
export function mingoIsWrong(): { operator: string; scenario: string; what: string }[] {
  const rows = readFileSync(ADR_5, 'utf8').matchAll(/^\| (.*`\$\w+`) \|[^`]*\| `(.+)` \| (.+) \|$/gm);
  const served = Object.values(SERVED_OPERATORS).flat();
  // A row names the kind of its operator where that is needed: "`$in`", "expression `$type`".
  return [...rows].flatMap(([, label = '', scenario = '', what = '']) =>
    served
      .filter((operator) => ` ${operator}`.endsWith(` ${label.replaceAll('`', '')}`))
      .map((operator) => ({ operator, scenario, what })),
  );
}

/** The part of docs/operations/embedded-store.md that says what is served, from the tables that serve it. */
export function writeSupportTables(): string {
  return [
    '| | Served |',
    '|---|---|',
    row(
      'Commands',
      Object.entries(COMMANDS).map(([name, { fields }]) => withFields(name, fields)),
    ),
    row('Options of an index', INDEX_OPTIONS.map(code)),
    row('BSON types', bsonTypes().map(code)),
    '',
    'Each operator is a small function of ours. Beside it stands a recorded scenario that uses it, which a real',
    'MongoDB and this store answer the same; where one was found that mingo answers otherwise, with what is wrong there.',
    '',
    '| | Served | Recorded scenario |',
    '|---|---|---|',
    ...Object.entries(SERVED_OPERATORS).flatMap(([title, operators]) =>
      operators.map((one) => caseRow(title, one)),
    ),
    '',
    '| | Refused by name |',
    '|---|---|',
    row('Filters', [...refused.REFUSED_FILTERS].map(code)),
    row('Updates', [...refused.REFUSED_UPDATES].map(code)),
    row('Places in an update', ['$[identifier]'].map(code)),
    row('Projections of a find', ['$slice', '$elemMatch', 'field.$'].map(code)),
    row('Stages of a pipeline', [...refused.REFUSED_STAGES].map(code)),
    row('Accumulators of `$group`', [...refused.REFUSED_ACCUMULATORS].map(code)),
    row('Expressions', [...refused.REFUSED_EXPRESSIONS].map(code)),
  ].join('\n');
}

/** As `$type` spells them. */
function bsonTypes(): string[] {
  return Object.entries(BSONType).filter(([, code]) => (code & 255) in DECODERS).map(([name]) => name); // prettier-ignore
}

function row(title: string, entries: readonly string[]): string {
  return `| ${title} | ${entries.join(', ')} |`;
}

function caseRow(title: string, operator: string): string {
  const name = operator.split(' ').at(-1) ?? '';
  const recorded = RECORDED_CASES[operator] ?? 'none recorded';
  const found = mingoIsWrong().find((one) => one.operator === operator && one.scenario === recorded);
  return `| ${title} | ${code(name)} | ${recorded}${found ? ` (mingo: ${found.what})` : ''} |`;
}

function named(kind: string, ...tables: object[]): string[] {
  return tables.flatMap((table) => Object.keys(table)).sort().map((name) => `${kind} ${name}`); // prettier-ignore
}

function code(name: string): string {
  return `\`${name}\``;
}

function withFields(name: string, fields: readonly string[] | 'any'): string {
  return fields === 'any' || fields.length === 0
    ? code(name)
    : `${code(name)} (${fields.map(code).join(', ')})`;
}
