import mongoose from 'mongoose';

/**
 * Opens a connection to a MongoDB server or to the embedded store.
 * int64 is read as bigint, so that money never passes through a float: what was written as bigint comes
 * back as bigint, also inside documents that no schema describes.
 * @throws when the server does not answer within ten seconds.
 */
export async function connectMongo(uri: string): Promise<mongoose.Connection> {
  return mongoose
    .createConnection(uri, {
      useBigInt64: true,
      serverSelectionTimeoutMS: 10_000,
      autoIndex: false,
      writeConcern: { w: 'majority', journal: true },
    })
    .asPromise();
}

/** Creates what is missing of the collections and indexes that the connection's models declare. */
export async function ensureIndexes(connection: mongoose.Connection): Promise<void> {
  for (const model of Object.values(connection.models)) await model.createIndexes();
}
