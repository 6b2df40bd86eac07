import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { writeConnectionKey, type Connection } from '../../../server/people/stores/write-connection-key.ts';

const VECTORS = join(import.meta.dirname, '../../support/vectors/connection-keys.json');

describe('the key that connects a shop', () => {
  const { keys } = JSON.parse(readFileSync(VECTORS, 'utf8')) as {
    keys: { members: Connection; key: string }[];
  };

  for (const { members, key } of keys) {
    it(`is what the plugin reads, for ${members.server}`, () => {
      expect(writeConnectionKey(members)).to.equal(key);
    });
  }
});
