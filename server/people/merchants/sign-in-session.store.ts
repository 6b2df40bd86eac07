import type { Connection } from 'mongoose';
import { defineSignInSessionModel, type SignInSession } from './sign-in-session.model.ts';

export type SignInSessionStore = ReturnType<typeof createSignInSessionStore>;

/** Queries of sign-ins. A token is rotated in one atomic write, so that two uses of it never both win. */
export function createSignInSessionStore(connection: Connection) {
  const sessions = defineSignInSessionModel(connection);
  return {
    async insert(session: SignInSession): Promise<void> {
      await sessions.create(session);
    },

    /** Replaces the newest token; undefined when `tokenHash` is not the newest, or the sign-in is over. */
    async rotate(
      token: { sessionId: string; tokenHash: string; now: Date },
      next: { tokenHash: string; expiresAt: Date },
    ): Promise<SignInSession | undefined> {
      const { sessionId: _id, tokenHash, now } = token;
      const filter = { _id, tokenHash, expiresAt: { $gt: now } };
      const session = await sessions.findOneAndUpdate(filter, next, { returnDocument: 'after' }).lean();
      return session ?? undefined;
    },

    /** Ends a sign-in for whoever has its newest token. */
    async end({ sessionId: _id, tokenHash }: { sessionId: string; tokenHash: string }): Promise<void> {
      await sessions.deleteOne({ _id, tokenHash });
    },

    async remove(sessionId: string): Promise<void> {
      await sessions.deleteOne({ _id: sessionId });
    },
  };
}
