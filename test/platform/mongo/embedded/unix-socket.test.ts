import { rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { expect } from 'chai';
import mongoose from 'mongoose';
import { temporaryFolder, temporaryStore } from './temporary-store.ts';

describe('A store on a unix socket', () => {
  let folder: string;
  let socket: string;

  beforeEach(async () => {
    folder = await temporaryFolder();
    socket = `${folder}/store.sock`;
  });

  afterEach(() => rm(folder, { recursive: true, force: true }));

  async function isServed(): Promise<boolean> {
    const store = await temporaryStore({ address: { socket } });
    const client = await mongoose.mongo.MongoClient.connect(store.uri);
    const { ok } = await client.db('test').command({ ping: 1 });
    await client.close();
    await store.remove();
    return ok === 1;
  }

  it('is found there by a client, again after a restart', async () => {
    expect(await isServed()).to.equal(true);
    expect(await isServed()).to.equal(true);
  });

  it('does not take the place of a process that listens there', async () => {
    const other = createServer().listen(socket);
    const refusal = await isServed().catch((error: Error) => error.message);
    await new Promise((resolve) => other.close(resolve));

    expect(refusal).to.contain('EADDRINUSE');
  });
});
