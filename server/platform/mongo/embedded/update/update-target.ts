import type { Document, Maybe, Value } from '../bson/value.ts';
import { isArray, isDocument, typeName } from '../bson/value.ts';
import { CommandError, badValue } from '../errors.ts';

/** Places beyond an array's end are filled with null, up to this many. */
const MOST_PADDING = 1_500_000;

/** One concrete place in a document that an update operator works on; it need not exist yet. */
export class UpdateTarget {
  readonly #root: Document;
  readonly path: readonly string[];

  constructor(root: Document, path: readonly string[]) {
    this.#root = root;
    this.path = path;
  }

  get name(): string {
    return this.path.join('.');
  }

  get document(): Document {
    return this.#root;
  }

  /** The value there, undefined when missing. */
  get(): Maybe {
    let value: Maybe = this.#root;
    for (const part of this.path) value = child(value, part);
    return value;
  }

  /** As `get`, but throws CommandError 28 where a value on the way can have no such field. */
  getOrThrow(): Maybe {
    let value: Maybe = this.#root;
    for (const part of this.path) {
      if (value === undefined) return undefined;
      if (!canHave(value, part)) throw notViable(part, this.name, value);
      value = child(value, part);
    }
    return value;
  }

  /** Writes the value, creating documents on the way. Throws CommandError 28 as `getOrThrow`. */
  set(value: Value): void {
    let container: Value = this.#root;
    const last = this.path.length - 1;
    this.path.forEach((part, i) => {
      if (!canHave(container, part)) throw notViable(part, this.name, container);
      const next = i === last ? value : (child(container, part) ?? (new Map() as Document));
      put(container, part, next);
      container = next;
    });
  }

  /** Removes a field; an array element becomes null, so that the others keep their places. */
  unset(): void {
    const container = new UpdateTarget(this.#root, this.path.slice(0, -1)).get();
    const part = this.path[this.path.length - 1] ?? '';
    if (isDocument(container)) container.delete(part);
    else if (isArray(container) && child(container, part) !== undefined) container[+part] = null;
  }

  /** True when the path leads through an array. */
  get crossesArray(): boolean {
    return this.path.some(
      (_, i) => i > 0 && isArray(new UpdateTarget(this.#root, this.path.slice(0, i)).get()),
    );
  }
}

/** "0", "17": a place in an array. */
export function isArrayIndex(part: string): boolean {
  return /^(0|[1-9]\d*)$/.test(part);
}

function child(container: Maybe, part: string): Maybe {
  if (isDocument(container)) return container.get(part);
  return isArray(container) && isArrayIndex(part) ? container[+part] : undefined;
}

function canHave(container: Value, part: string): container is Document | Value[] {
  return isDocument(container) || (isArray(container) && isArrayIndex(part));
}

function put(container: Document | Value[], part: string, value: Value): void {
  if (isDocument(container)) {
    container.set(part, value);
    return;
  }
  const index = +part;
  if (index - container.length > MOST_PADDING) throw badValue(`cannot fill an array up to element ${index}`);
  while (container.length < index) container.push(null);
  container[index] = value;
}

function notViable(part: string, path: string, value: Value): CommandError {
  return new CommandError(
    28,
    `Cannot create field '${part}' of '${path}' in an element of type ${typeName(value)}`,
  );
}
