import type { Connection } from 'mongoose';
import {
  defineAuthorizationModel,
  type AuthorizationDocument,
  type AuthorizationOutcome,
} from './authorization.model.ts';

export type AuthorizationStore = ReturnType<typeof createAuthorizationStore>;

/** Queries of questions for keys, by the hash of their state: the shop that answers names nothing else. */
export function createAuthorizationStore(connection: Connection) {
  const authorizations = defineAuthorizationModel(connection);
  return {
    async insert(authorization: AuthorizationDocument): Promise<void> {
      await authorizations.create(authorization);
    },

    /** Uses up a state; undefined when it is unknown, late, or used. One atomic write decides. */
    async use(_id: string, now: Date): Promise<AuthorizationDocument | undefined> {
      const filter = { _id, usedAt: null, expiresAt: { $gt: now } };
      const used = await authorizations.findOneAndUpdate(filter, { $set: { usedAt: now } }).lean();
      return used ?? undefined;
    },

    async noteOutcome(_id: string, outcome: AuthorizationOutcome): Promise<void> {
      await authorizations.updateOne({ _id }, { $set: { outcome } });
    },

    async byHash(_id: string): Promise<AuthorizationDocument | undefined> {
      return (await authorizations.findOne({ _id }).lean()) ?? undefined;
    },
  };
}
