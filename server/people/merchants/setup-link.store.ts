import type { Connection } from 'mongoose';
import { defineSetupLinkModel } from './setup-link.model.ts';

export type SetupLinkStore = ReturnType<typeof createSetupLinkStore>;

/** Queries of the links of the first start, by the hash of their token. */
export function createSetupLinkStore(connection: Connection) {
  const links = defineSetupLinkModel(connection);
  return {
    async insert(tokenHash: string, expiresAt: Date): Promise<void> {
      await links.create({ _id: tokenHash, expiresAt });
    },

    async isOpen(tokenHash: string, now: Date): Promise<boolean> {
      return (await links.findOne({ _id: tokenHash, expiresAt: { $gt: now } }).lean()) !== null;
    },

    async removeAll(): Promise<void> {
      await links.deleteMany({});
    },
  };
}
