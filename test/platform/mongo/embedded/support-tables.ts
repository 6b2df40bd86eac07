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

/** The part of docs/operations/embedded-store.md that says what is served, from the tables that serve it. */
export function writeSupportTables(): string {
  return [
    '| | Served |',
    '|---|---|',
    row(
      'Commands',
      Object.entries(COMMANDS).map(([name, { fields }]) => withFields(name, fields)),
    ),
    row('Filters', names(FIELD_OPERATORS, LOGICAL_OPERATORS)),
    row('Updates', names(UPDATE_OPERATORS)),
    row('Parts of `$push`', PUSH_MODIFIERS.map(code)),
    row('Places in an update', ['$', '$[]'].map(code)),
    row('Stages of a pipeline', names(STAGES)),
    row('Accumulators of `$group`', names(ACCUMULATORS)),
    row('Expressions', names(EXPRESSION_OPERATORS)),
    row('Options of an index', INDEX_OPTIONS.map(code)),
    row('BSON types', bsonTypes().map(code)),
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

function names(...tables: object[]): string[] {
  return tables.flatMap((table) => Object.keys(table)).sort().map(code); // prettier-ignore
}

function code(name: string): string {
  return `\`${name}\``;
}

function withFields(name: string, fields: readonly string[] | 'any'): string {
  return fields === 'any' || fields.length === 0
    ? code(name)
    : `${code(name)} (${fields.map(code).join(', ')})`;
}
