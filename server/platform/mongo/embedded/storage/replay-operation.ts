import { decodeDocument } from '../bson/decode-document.ts';
import { parseIndexSpec } from '../indexes/parse-index-spec.ts';
import type { Catalog } from './catalog.ts';
import type { DecodedOperation } from './change-set.ts';
import { OPERATIONS } from './change-set.ts';

/** Repeats one logged operation. Repeating an operation twice in a row changes nothing more. */
export function replayOperation({ kind, namespace, body }: DecodedOperation, catalog: Catalog): void {
  switch (kind) {
    case OPERATIONS.put:
      // A copy of its own: a view would keep the whole log file in memory.
      return catalog.load(namespace).load(Buffer.from(body));
    case OPERATIONS.remove:
      return catalog.load(namespace).unload(decodeDocument(body));
    case OPERATIONS.createCollection:
      return void catalog.load(namespace);
    case OPERATIONS.dropCollection:
      return catalog.unload(namespace);
    case OPERATIONS.createIndex: {
      const spec = parseIndexSpec(decodeDocument(body));
      catalog.load(namespace).unloadIndex(spec.name);
      return catalog.load(namespace).loadIndex(spec);
    }
    case OPERATIONS.dropIndex:
      return catalog.load(namespace).unloadIndex(decodeDocument(body).get('name'));
    default:
      throw new Error(`unknown operation ${String(kind)}`);
  }
}
