import { rm } from 'node:fs/promises';
import { BSONRegExp, Binary, Decimal128, Double, Int32, Long, ObjectId, UUID } from 'bson';
import { expect } from 'chai';
import mongoose from 'mongoose';
import type { Document } from '../../../../server/platform/mongo/embedded/values/value.ts';
import { CommandError } from '../../../../server/platform/mongo/embedded/errors.ts';
import { runStoreCommand } from '../../../../server/store-command.ts';
import { startRecordingStore } from './recording-store.ts';
import type { TemporaryStore } from './temporary-store.ts';
import { temporaryFolder, temporaryStore } from './temporary-store.ts';

const { MongoClient } = mongoose.mongo;

const VALUES = {
  int32: new Int32(7),
  int64: Long.fromString('9007199254740993'),
  double: new Double(7),
  decimal: Decimal128.fromString('12.50'),
  at: new Date('2026-02-28T23:59:59.999Z'),
  id: new ObjectId('000000000000000000000001'),
  binary: new Binary(Buffer.from('abc')),
  uuid: new UUID('0189aaaa-bbbb-7ccc-8ddd-eeeeeeeeeeee'),
  regex: new BSONRegExp('^a', 'i'),
  nothing: null,
  b: 'before a',
  a: 'after b',
};

// A second store plays the real MongoDB: the commands reach it through the driver, as they would reach that one.
describe('Data that is moved', function () {
  this.timeout(30_000);
  let dir: string;
  let mongodb: TemporaryStore;
  let uri: string;

  beforeEach(async () => {
    dir = await temporaryFolder();
    mongodb = await temporaryStore();
    uri = mongodb.uri.replace('/?', '/shop?');
  });

  afterEach(async () => {
    await mongodb.remove();
    await rm(dir, { recursive: true, force: true });
  });

  it('from the embedded store to a MongoDB and back is the same, byte by byte, with its indexes', async () => {
    await fillStore(`${dir}/one`);
    const said = [
      ...(await run('export', '--dir', `${dir}/one`, '--to', uri)),
      ...(await run('import', '--from', uri, '--dir', `${dir}/two`)),
    ];

    const [one, two] = [await contentOf(`${dir}/one`), await contentOf(`${dir}/two`)];
    expect(two).to.deep.equal(one);
    expect(one.names).to.deep.equal(['empty', 'many', 'values']);
    expect(said[1]).to.match(
      /^many: 2500 documents, 3 indexes, sha256 [0-9a-f]{64}, the same on both sides$/,
    );
    expect(said.slice(0, 4)).to.deep.equal(said.slice(4));
    expect(said[3]).to.equal('3 collections with 2501 documents were copied and compared.');
  });

  it('does not go where something is already', async () => {
    await fillStore(`${dir}/one`);
    await run('export', '--dir', `${dir}/one`, '--to', uri);

    const again = await failureOf('export', '--dir', `${dir}/one`, '--to', uri);
    const back = await failureOf('import', '--from', uri, '--dir', `${dir}/one`);

    expect(again).to.contain('The target database "shop" is not empty').and.contain('Nothing was changed');
    expect(back).to.contain('is not empty').and.contain('Nothing was changed');
  });

  it('is not said to be the same when a value was changed on the way', async () => {
    await fillStore(`${dir}/one`);
    const faulty = await startRecordingStore((command) => {
      const [first] = (command.get('documents') ?? []) as Document[];
      first?.set('b', 'something else');
    });
    const failure = await failureOf('export', '--dir', `${dir}/one`, '--to', faulty.uri);
    await faulty.remove();

    expect(failure).to.contain('"many" is not the same on both sides');
  });

  it('stays where it is when the other side does not take an index', async () => {
    await fillStore(`${dir}/one`);
    const narrow = await startRecordingStore((command) => {
      if (command.has('createIndexes')) throw new CommandError(67, 'no such indexes here');
    });
    const failure = await failureOf('export', '--dir', `${dir}/one`, '--to', narrow.uri);
    const documentsSent = narrow.commands.filter((command) => command.has('insert'));
    await narrow.remove();

    expect(failure).to.contain('no such indexes here');
    expect(documentsSent).to.deep.equal([]);
  });

  it('needs a folder that is there, and the name of the other side', async () => {
    const missing = await failureOf('export', '--dir', `${dir}/none`, '--to', uri);
    const unnamed = await failureOf('import', '--dir', dir);

    expect(missing).to.equal(`There is no folder ${dir}/none.`);
    expect(unnamed).to.contain('refledger store import --from <mongodb uri> --dir <folder>');
  });
});

async function run(...args: string[]): Promise<string[]> {
  const lines: string[] = [];
  await runStoreCommand(args, (line) => lines.push(line));
  return lines;
}

function failureOf(...args: string[]): Promise<unknown> {
  return run(...args).catch((error: Error) => error.message);
}

async function fillStore(dir: string): Promise<void> {
  const store = await temporaryStore({ dir });
  await withClient(store.uri, async (client) => {
    await client.db().createCollection('empty');
    await client.db().collection('values').insertOne(VALUES);
    const many = client.db().collection<{ _id: number | string; group: number; at: Date }>('many');
    await many.createIndexes([
      { key: { group: 1, _id: -1 }, unique: true, partialFilterExpression: { group: { $gt: 3 } } },
      { key: { at: 1 }, expireAfterSeconds: 3600 },
    ]);
    const long = new Date(0);
    await many.insertMany(
      Array.from({ length: 2_500 }, (_, i) => ({ _id: i % 2 ? i : `text ${i}`, group: i, at: long })),
    );
  });
  await store.close();
}

async function withClient<T>(
  uri: string,
  work: (client: mongoose.mongo.MongoClient) => Promise<T>,
): Promise<T> {
  const client = await MongoClient.connect(uri);
  return work(client).finally(() => client.close());
}

async function contentOf(dir: string) {
  const store = await temporaryStore({ dir });
  const content = await withClient(store.uri, async (client) => {
    const names = (await client.db().listCollections().toArray()).map(({ name }) => name);
    const read = async (name: string) => ({
      indexes: await client.db().collection(name).indexes(),
      documents: await client
        .db()
        .collection(name)
        .find({}, { raw: true, sort: { _id: 1 } })
        .toArray(),
    });
    return { names, collections: await Promise.all(names.map(read)) };
  });
  await store.close();
  return content;
}
