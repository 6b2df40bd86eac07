import mongoose from 'mongoose';
import { startServer, type TestServer } from '../support/a-server.ts';

/** A server whose stored data a test can look at. */
export interface WatchedServer extends TestServer {
  /** Everything that is stored (of one merchant, when named), once the server has nothing left to do. */
  dump(merchantId?: string): Promise<string>;
}

/** The whole server, with a view of all that its database holds. */
export async function startWatchedServer(...options: Parameters<typeof startServer>): Promise<WatchedServer> {
  const earlier = new Set(mongoose.connections);
  const at = await startServer(...options);
  const models = mongoose.connections
    .filter((connection) => !earlier.has(connection))
    .flatMap((connection) => Object.values(connection.models));
  if (models.length === 0) throw new Error('The server opened no database connection of its own.');
  return {
    ...at,
    async dump(merchantId) {
      await at.server.idle();
      await at.server.parts.jobs.runNow('count-clicks');
      const filter = merchantId === undefined ? {} : { $or: [{ merchantId }, { _id: merchantId }] };
      const documents = await Promise.all(models.map((model) => model.find(filter).lean()));
      return JSON.stringify(documents, (_key, value: unknown) =>
        typeof value === 'bigint' ? `${value}n` : value,
      );
    },
  };
}
