import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { serialize } from 'bson';
import type { Document } from 'bson';
import { expect } from 'chai';
import mongoose from 'mongoose';
import { crc32c } from '../../../../server/platform/mongo/embedded/storage/crc32c.ts';
import { SEED, scale, seededRandom } from '../../../support/scale.ts';
import type { TemporaryStore } from './temporary-store.ts';
import { temporaryStore } from './temporary-store.ts';

const HEADER = 16;

describe('The wire protocol @long', function () {
  this.timeout(600_000);
  let store: TemporaryStore;

  before(async () => {
    store = await temporaryStore();
  });

  after(() => store.remove());

  it('takes documents in a sequence, and a right checksum', async () => {
    const body = section(0, serialize({ insert: 'c', $db: 'test' }));
    const sequence = sequenceSection('documents', [{ _id: 1 }, { _id: 2 }]);
    const reply = await ask(store, withChecksum(message(1, body, sequence)));

    expect(reply).to.include({ ok: 1, n: 2 });
  });

  it('closes the connection on a wrong checksum', async () => {
    const bytes = withChecksum(message(1, section(0, serialize({ ping: 1, $db: 'test' }))));
    bytes.writeUInt8(bytes.readUInt8(bytes.length - 1) ^ 1, bytes.length - 1);

    expect(await ask(store, bytes)).to.equal('closed');
  });

  it('answers the first command of a driver in the old format', async () => {
    const query = Buffer.concat([Buffer.alloc(4), Buffer.from('admin.$cmd\0'), Buffer.alloc(8), serialize({ isMaster: 1, helloOk: true })]); // prettier-ignore
    const bytes = Buffer.concat([Buffer.alloc(HEADER), query]);
    bytes.writeInt32LE(bytes.length, 0);
    bytes.writeInt32LE(2004, 12);

    expect(await ask(store, bytes, 36)).to.include({ ok: 1, maxWireVersion: 9 });
  });

  const count = scale(10_000, 100_000);
  it(`answers ${count} broken messages (seed ${SEED}) with an error or a closed connection, and then serves the next client`, async () => {
    const random = seededRandom(SEED);
    for (let sent = 0; sent < count; sent += 100) {
      await sendAll(
        store,
        Array.from({ length: 100 }, () => mutate(pick(VALID, random), random)),
      );
    }

    const client = await mongoose.mongo.MongoClient.connect(store.uri);
    await client.db('after').collection<{ _id: number }>('c').insertOne({ _id: 1 });
    expect(await client.db('after').collection('c').findOne()).to.deep.equal({ _id: 1 });
    await client.close();
  });
});

const VALID = [
  { find: 'c', filter: { a: { $gt: 1, $in: [1, 'x', null] } }, sort: { a: 1 }, $db: 'fuzz' },
  { insert: 'c', documents: [{ a: [1, { b: 'x' }], d: new Date(0) }], $db: 'fuzz' },
  { update: 'c', updates: [{ q: { a: 1 }, u: { $set: { 'a.b': 1 }, $push: { l: { $each: [1], $slice: 2 } } } }], $db: 'fuzz' }, // prettier-ignore
  { aggregate: 'c', pipeline: [{ $match: { a: 1 } }, { $group: { _id: '$a', n: { $sum: 1 } } }], cursor: {}, $db: 'fuzz' }, // prettier-ignore
  { createIndexes: 'c', indexes: [{ key: { a: 1 }, name: 'a_1' }], $db: 'fuzz' },
  { findAndModify: 'c', query: { a: 1 }, update: { $inc: { a: 1 } }, upsert: true, $db: 'fuzz' },
  { delete: 'c', deletes: [{ q: { a: 1 }, limit: 0 }], $db: 'fuzz' },
].map((command) => message(0, section(0, serialize(command))));

function pick<T>(items: readonly T[], random: () => number): T {
  return items[Math.floor(random() * items.length)]!;
}

/** Changes, cuts or doubles some bytes; most mutants keep a right length, so that they get past the frame. */
function mutate(valid: Buffer, random: () => number): Buffer {
  let bytes = Buffer.from(valid);
  for (let i = 0; i <= random() * 4; i++)
    bytes[Math.floor(random() * bytes.length)] = Math.floor(random() * 256);
  if (random() < 0.2) bytes = bytes.subarray(0, Math.floor(random() * bytes.length));
  if (random() < 0.1) bytes = Buffer.concat([bytes, bytes.subarray(HEADER)]);
  if (random() < 0.8 && bytes.length >= HEADER) bytes.writeInt32LE(bytes.length, 0);
  return bytes;
}

/** Sends each message on a connection of its own; settles when all are answered or closed. */
async function sendAll(store: TemporaryStore, messages: readonly Buffer[]): Promise<void> {
  await Promise.all(
    messages.map(
      (bytes) =>
        new Promise<void>((resolve) => {
          const socket = open(store, () => resolve());
          socket.once('data', () => socket.destroy());
          socket.end(bytes);
        }),
    ),
  );
}

function open({ port }: TemporaryStore, onClose: () => void): Socket {
  return connect(port, '127.0.0.1').on('error', () => undefined).on('close', onClose); // prettier-ignore
}

/** Sends one message; gives the reply's document, or "closed". */
function ask(store: TemporaryStore, bytes: Buffer, bodyAt = 21): Promise<Document | 'closed'> {
  return new Promise((resolve) => {
    const socket = open(store, () => resolve('closed'));
    socket.once('data', (reply: Buffer) => {
      resolve(mongoose.mongo.BSON.deserialize(reply.subarray(bodyAt)));
      socket.destroy();
    });
    socket.write(bytes);
  });
}

function message(flags: number, ...sections: Buffer[]): Buffer {
  const bytes = Buffer.concat([Buffer.alloc(HEADER + 4), ...sections]);
  bytes.writeInt32LE(bytes.length, 0);
  bytes.writeInt32LE(2013, 12);
  bytes.writeUInt32LE(flags, HEADER);
  return bytes;
}

function withChecksum(bytes: Buffer): Buffer {
  bytes.writeInt32LE(bytes.length + 4, 0);
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32LE(crc32c(bytes));
  return Buffer.concat([bytes, checksum]);
}

function section(kind: number, payload: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from([kind]), payload]);
}

function sequenceSection(name: string, documents: Document[]): Buffer {
  const payload = Buffer.concat([
    Buffer.alloc(4),
    Buffer.from(`${name}\0`),
    ...documents.map((document) => serialize(document)),
  ]);
  payload.writeInt32LE(payload.length, 0);
  return section(1, payload);
}
