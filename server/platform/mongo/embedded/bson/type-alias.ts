import { badValue, failedToParse } from '../errors.ts';
import type { Maybe, TypeName, Value } from './value.ts';
import { TYPE_CODES, isArray, isNumeric, toNumber } from './value.ts';

const NUMBER_TYPES: readonly TypeName[] = ['int', 'long', 'double', 'decimal'];

/** The types that an argument of `$type` names: an alias, "number", a BSON number, or a list of these. */
export function namedTypes(argument: Maybe): Set<TypeName> {
  const names = isArray(argument) ? argument : [argument];
  if (names.length === 0) throw failedToParse('$type must match at least one type');
  return new Set(names.flatMap((name) => oneNamedType(name)));
}

function oneNamedType(name: Maybe): readonly TypeName[] {
  if (name === 'number') return NUMBER_TYPES;
  if (typeof name === 'string' && name in TYPE_CODES) return [name as TypeName];
  if (isNumeric(name)) return [typeOfCode(name)];
  throw badValue(`Unknown type name alias${typeof name === 'string' ? `: ${name}` : ''}`);
}

function typeOfCode(code: Value): TypeName {
  const number = toNumber(code);
  const found = Object.entries(TYPE_CODES).find(([, typeCode]) => typeCode === number);
  if (found === undefined) throw badValue(`Invalid numerical type code: ${String(number)}`);
  return found[0] as TypeName;
}
