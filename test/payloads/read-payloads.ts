import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One hostile text and the class of attack that it belongs to. */
export interface Payload {
  attack: string;
  text: string;
}

/** All payloads of a folder beside this file, whose files are named by their class. */
export function readPayloads(folder: 'open-redirect' | 'stored-xss'): Payload[] {
  const path = join(import.meta.dirname, folder);
  return readdirSync(path)
    .toSorted()
    .flatMap((file) => {
      const texts = JSON.parse(readFileSync(join(path, file), 'utf8')) as string[];
      return texts.map((text) => ({ attack: file.replace('.json', ''), text }));
    });
}
