import { CommandError, badValue } from '../errors.ts';
import type { Document, Maybe, Value } from '../values/value.ts';
import { isArray, isArrayIndex, isDocument, typeName } from '../values/value.ts';

/** Places beyond an array's end are filled with null, up to this many. */
const MOST_PADDING = 1_500_000;

/** One concrete place in a document that an update operator works on; it need not exist yet. */
export class UpdateTarget {
  readonly document: Document;
  readonly path: readonly string[];

  constructor(document: Document, path: readonly string[]) {
    this.document = document;
    this.path = path;
  }

  get name(): string {
    return this.path.join('.');
  }

  /** The values from the document itself up to the place, undefined where there is none. */
  #way(): Maybe[] {
    const way: Maybe[] = [this.document];
    for (const part of this.path) way.push(child(way.at(-1), part));
    return way;
  }

  /** The value there, undefined when missing. Throws CommandError 28 where the way can have no such field. */
  get(): Maybe {
    const way = this.#way();
    this.path.forEach((part, i) => this.#assertCanHave(way[i], part));
    return way.at(-1);
  }

  /** As `get`, for an operator that needs an array or nothing. */
  getArray(): Value[] | undefined {
    const value = this.get();
    if (value === undefined || isArray(value)) return value;
    throw badValue(`The field '${this.name}' must be an array but is of type ${typeName(value)}`);
  }

  /** Writes the value, creating documents on the way. Throws CommandError 28 as `get`. */
  set(value: Value): void {
    let container: Maybe = this.document;
    for (const [i, part] of this.path.entries()) {
      this.#assertCanHave(container, part);
      const isLast = i === this.path.length - 1;
      const next: Value = isLast ? value : (child(container, part) ?? (new Map() as Document));
      put(container, part, next);
      container = next;
    }
  }

  /** Removes a field; an array element becomes null, so that the others keep their places. */
  unset(): void {
    const container = this.#way().at(-2);
    const part = this.path.at(-1) ?? '';
    if (isDocument(container)) container.delete(part);
    else if (isArray(container) && child(container, part) !== undefined) container[+part] = null;
  }

  /** True when the path leads through an array. */
  get crossesArray(): boolean {
    return this.#way().slice(0, -1).some(isArray);
  }

  #assertCanHave(container: Maybe, part: string): void {
    const canHave = isDocument(container) || (isArray(container) && isArrayIndex(part));
    if (canHave || container === undefined) return;
    const where = `'${this.name}' in an element of type ${typeName(container)}`;
    throw new CommandError(28, `Cannot create field '${part}' of ${where}`);
  }
}

function child(container: Maybe, part: string): Maybe {
  if (isDocument(container)) return container.get(part);
  return isArray(container) && isArrayIndex(part) ? container[+part] : undefined;
}

function put(container: Maybe, part: string, value: Value): void {
  if (isDocument(container)) container.set(part, value);
  if (!isArray(container)) return;
  const index = +part;
  if (index - container.length > MOST_PADDING) throw badValue(`cannot fill an array up to element ${index}`);
  while (container.length < index) container.push(null);
  container[index] = value;
}
