import type { Document, Maybe } from '../../../../server/platform/mongo/embedded/values/value.ts';
import { isArray, isDocument } from '../../../../server/platform/mongo/embedded/values/value.ts';
import { COMMON_FIELDS } from '../../../../server/platform/mongo/embedded/commands/run-command.ts';

/** Everything by name that a command asks of a MongoDB: "command find", "filter $in", "stage $group" … */
export function namesInCommand(command: Document): string[] {
  const [name = ''] = command.keys();
  const fields = [...command.keys()].filter((field) => field !== name && !COMMON_FIELDS.has(field));
  return [
    `command ${name}`,
    ...fields.map((field) => `option ${name}.${field}`),
    ...filtersIn(command).flatMap(namesInFilter),
    ...updatesIn(command).flatMap(namesInUpdate),
    ...listIn(command, 'pipeline').flatMap(namesInStage),
    ...listIn(command, 'indexes').flatMap((index) => named('index option', [...index.keys()])),
    ...listIn(command, 'updates').flatMap((statement) => named('option of updates', [...statement.keys()])),
    ...['projection', 'fields'].flatMap((field) => namesInExpression(command.get(field))),
  ];
}

function filtersIn(command: Document): Maybe[] {
  const statements = [...listIn(command, 'updates'), ...listIn(command, 'deletes')];
  const partial = listIn(command, 'indexes').map((index) => index.get('partialFilterExpression'));
  return [command.get('filter'), command.get('query'), ...statements.map((one) => one.get('q')), ...partial];
}

function updatesIn(command: Document): Maybe[] {
  return [command.get('update'), ...listIn(command, 'updates').map((statement) => statement.get('u'))];
}

/** Operators at any depth; what `$expr` holds are expressions. */
function namesInFilter(filter: Maybe): string[] {
  if (isArray(filter)) return filter.flatMap(namesInFilter);
  if (!isDocument(filter)) return [];
  return [...filter].flatMap(([name, argument]) => [
    ...(isDollar(name) ? [`filter ${name}`] : []),
    ...(name === '$expr' ? namesInExpression(argument) : namesInFilter(argument)),
  ]);
}

/** Operators at any depth; what `$literal` holds are none. */
function namesInExpression(expression: Maybe): string[] {
  if (isArray(expression)) return expression.flatMap(namesInExpression);
  if (!isDocument(expression)) return [];
  return [...expression].flatMap(([name, argument]) => [
    ...(isDollar(name) ? [`expression ${name}`] : []),
    ...(name === '$literal' ? [] : namesInExpression(argument)),
  ]);
}

function namesInUpdate(update: Maybe): string[] {
  if (isArray(update)) return ['update by a pipeline', ...update.filter(isDocument).flatMap(namesInStage)];
  if (!isDocument(update)) return [];
  return [...update].flatMap(([operator, fields]) => {
    if (!isDollar(operator) || !isDocument(fields)) return [];
    return [
      `update ${operator}`,
      ...[...fields].flatMap(([path, argument]) => namesAt(operator, path, argument)),
    ];
  });
}

/** The parts of a path that stand for places, and what an operator's argument names. */
function namesAt(operator: string, path: string, argument: Maybe): string[] {
  const places = path.split('.').filter((part) => part.startsWith('$'));
  const takesParts =
    ['$push', '$addToSet'].includes(operator) && isDocument(argument) && argument.has('$each');
  return [
    ...named(
      'place in an update',
      places.map((part) => part.replace(/\[.+\]/, '[identifier]')),
    ),
    ...(operator === '$pull' ? namesInFilter(argument) : []),
    ...(takesParts ? named(`part of ${operator}`, [...argument.keys()]) : []),
  ];
}

function namesInStage(stage: Document): string[] {
  return [...stage].flatMap(([name, argument]) => {
    if (name === '$match') return ['stage $match', ...namesInFilter(argument)];
    if (name === '$group' && isDocument(argument)) return ['stage $group', ...namesInGroup(argument)];
    return [`stage ${name}`, ...namesInExpression(argument)];
  });
}

function namesInGroup(group: Document): string[] {
  return [...group].flatMap(([field, part]) => {
    if (field === '_id' || !isDocument(part)) return namesInExpression(part);
    return [...part].flatMap(([name, argument]) => [`accumulator ${name}`, ...namesInExpression(argument)]);
  });
}

function isDollar(name: string): boolean {
  return /^\$[a-z]/i.test(name);
}

function listIn(command: Document, field: string): Document[] {
  const list = command.get(field);
  return isArray(list) ? list.filter(isDocument) : [];
}

function named(kind: string, names: readonly string[]): string[] {
  return names.map((name) => `${kind} ${name}`);
}
