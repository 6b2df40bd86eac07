import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { createPrivacy } from '../../../server/guards/privacy/index.ts';
import { decryptSecret, keyedHash } from '../../../server/platform/crypto/index.ts';
import { connectMongo, ensureIndexes, type Connection } from '../../../server/platform/mongo/index.ts';
import { DAY, HOUR } from '../../../server/shared/clock.ts';
import { newId } from '../../../server/shared/ids.ts';
import {
  temporaryFolder,
  temporaryStore,
  type TemporaryStore,
} from '../../platform/mongo/embedded/temporary-store.ts';

const NOON = new Date('2026-10-02T12:00:00Z');
const later = (milliseconds: number): Date => new Date(NOON.getTime() + milliseconds);
const IP = '203.0.113.77';

type Privacy = ReturnType<typeof createPrivacy>;

describe('an IP address that is to be stored', () => {
  let store: TemporaryStore;
  let dir: string;
  let connections: Connection[];
  let now: Date;
  let ipHashDays: number;
  let masterSecret: string;
  let merchantId: string;
  let privacy: Privacy;

  beforeEach(async () => {
    now = NOON;
    ipHashDays = 7;
    masterSecret = 'the master secret of these tests';
    merchantId = newId();
    dir = await temporaryFolder();
    connections = [];
    await openStore();
  });
  afterEach(async () => {
    await Promise.all(connections.map((connection) => connection.close()));
    await store.remove();
  });

  /** A database that looks for expired documents once a minute, as every one does, or more often. */
  async function openStore(expiryIntervalMs = 60_000): Promise<void> {
    store = await temporaryStore({ dir, now: () => now, expiryIntervalMs });
    privacy = await aProcess();
  }
  /** The database destroys what has expired; a new process starts with it. */
  async function letKeysExpire(left: number): Promise<void> {
    await Promise.all(connections.splice(0).map((connection) => connection.close()));
    await store.close();
    await openStore(5);
    while ((await storedKeys()).length > left);
  }

  /** The part in a process of its own: another connection, another memory. */
  async function aProcess(): Promise<Privacy> {
    const connection = await connectMongo(store.uri);
    connections.push(connection);
    const buyerHash = (merchant: string) => (value: string) => keyedHash(Buffer.from(merchant), value);
    const settings = { ipHashDays: () => Promise.resolve(ipHashDays) };
    const made = createPrivacy({ connection, masterSecret, buyerHash, ...settings, clock: () => now, newId });
    await ensureIndexes(connection);
    return made;
  }
  const storedKeys = async (): Promise<any[]> =>
    (await connections[0]?.collection('ipKeys').find().sort({ day: 1 }).toArray()) ?? [];
  const daysOf = async (moment: Date, of = privacy): Promise<string[]> =>
    (await of.dayHashes(merchantId, moment)).map(({ day }) => day);

  it('is the same all day long, in every process', async () => {
    const hash = await privacy.hashIp(merchantId, IP, new Date('2026-10-02T00:00:00Z'));
    const other = await aProcess();
    expect(await privacy.hashIp(merchantId, IP, NOON)).to.equal(hash);
    expect(await other.hashIp(merchantId, IP, new Date('2026-10-02T23:59:59.999Z'))).to.equal(hash);
    expect(hash).to.match(/^[0-9a-f]{64}$/);
  });

  it('is another one on another day, of another merchant, and of another address', async () => {
    const hashes = await Promise.all([
      privacy.hashIp(merchantId, IP, NOON),
      privacy.hashIp(merchantId, IP, later(12 * HOUR)),
      privacy.hashIp('another merchant', IP, NOON),
      privacy.hashIp(merchantId, '203.0.113.78', NOON),
    ]);
    expect(new Set(hashes).size).to.equal(4);
  });

  it('is the network of an IPv6 address', async () => {
    expect(await privacy.hashIp(merchantId, '2001:db8:1:2::7', NOON)).to.equal(
      await privacy.hashIp(merchantId, '2001:db8:1:2:3:4:5:6', NOON),
    );
  });

  it('has one key when many processes ask for it first at once', async () => {
    const processes = await Promise.all([1, 2, 3, 4, 5, 6].map(() => aProcess()));
    const hashes = await Promise.all(processes.map((each) => each.hashIp(merchantId, IP, NOON)));
    expect(new Set(hashes).size).to.equal(1);
    expect(await storedKeys()).to.have.length(1);
  });

  it('can be compared with an address of every day whose key lives', async () => {
    const visits = new Map<string, string>();
    for (const days of [-3, -2, -1, 0]) {
      now = later(days * DAY);
      visits.set(await privacy.hashIp(merchantId, IP, now), now.toISOString().slice(0, 10));
    }
    const hash = (value: string) => keyedHash(Buffer.from(merchantId), value);
    const met = (await privacy.dayHashes(merchantId, NOON)).map((each) => visits.get(each.hash(hash(IP))));
    expect(met).to.deep.equal(['2026-09-29', '2026-09-30', '2026-10-01', '2026-10-02']);
  });

  it('can be compared for thirty days at most, as far as S9 may look back', async () => {
    ipHashDays = 90;
    for (const days of [-40, -31, -30, -1]) {
      now = later(days * DAY);
      await privacy.hashIp(merchantId, IP, now);
    }
    now = NOON;
    expect(await daysOf(NOON)).to.deep.equal(['2026-09-02', '2026-10-01', '2026-10-02']);
  });

  describe('seven days after its day', () => {
    const END = new Date('2026-10-10T00:00:00Z');
    beforeEach(() => privacy.hashIp(merchantId, IP, NOON));

    it('can still be made until the last moment', async () => {
      now = new Date(END.getTime() - 1);
      expect(await daysOf(now)).to.deep.equal(['2026-10-02', '2026-10-09']);
    });

    it('cannot be made from then on, also while the database has not destroyed the key yet', async () => {
      now = END;
      for (const each of [privacy, await aProcess()]) {
        expect(await daysOf(now, each)).to.deep.equal(['2026-10-10']);
        expect(await refusalOf(each.hashIp(merchantId, IP, NOON))).to.match(/is destroyed/);
      }
    });

    it('has lost its key for ever: the database destroys it, and the day gets no other', async () => {
      now = END;
      await letKeysExpire(0);
      expect(await refusalOf(privacy.hashIp(merchantId, IP, NOON))).to.match(/is destroyed/);
      expect(await daysOf(NOON)).to.deep.equal([]);
    });

    it('leaves no key on a day that never had one', async () => {
      now = END;
      expect(await refusalOf(privacy.hashIp(merchantId, IP, later(-DAY)))).to.match(/is destroyed/);
      expect((await storedKeys()).map(({ day }) => day)).to.deep.equal(['2026-10-02']);
    });
  });

  describe('of a merchant who lowers the number of days', () => {
    it('loses its key as if the number had always been the lower one', async () => {
      for (const days of [-5, -1, 0]) {
        now = later(days * DAY);
        await privacy.hashIp(merchantId, IP, now);
      }
      const other = await aProcess();
      expect(await daysOf(NOON, other)).to.deep.equal(['2026-09-27', '2026-10-01', '2026-10-02']);
      ipHashDays = 2;
      await privacy.shortenIpKeys(merchantId, ipHashDays);
      expect(await refusalOf(privacy.hashIp(merchantId, IP, later(-5 * DAY)))).to.match(/is destroyed/);
      expect(await daysOf(NOON)).to.deep.equal(['2026-10-01', '2026-10-02']);
      expect(await daysOf(NOON, other)).to.deep.equal(['2026-10-01', '2026-10-02']);
      await letKeysExpire(2);
      expect((await storedKeys()).map(({ expiresAt }) => expiresAt.toISOString())).to.deep.equal([
        '2026-10-04T00:00:00.000Z',
        '2026-10-05T00:00:00.000Z',
      ]);
    });

    it('lives no longer when the number is raised again', async () => {
      await privacy.hashIp(merchantId, IP, NOON);
      await privacy.shortenIpKeys(merchantId, 90);
      expect((await storedKeys())[0].expiresAt.toISOString()).to.equal('2026-10-10T00:00:00.000Z');
    });
  });

  it('leaves neither itself nor its key in any byte of the database', async () => {
    const hash = await privacy.hashIp(merchantId, IP, NOON);
    const [{ encryptedKey }] = await storedKeys();
    await connections[0]?.collection('visits').insertOne({ ipHash: hash });
    const [bytes, key] = [await bytesOf(dir), readKey(encryptedKey)];
    expect(bytes.includes(Buffer.from(hash)), 'the search finds what is there').to.equal(true);
    for (const secret of [IP, key, Buffer.from(key, 'base64url'), Buffer.from(key).toString('base64')]) {
      expect(bytes.includes(secret), String(secret)).to.equal(false);
    }
  });

  it('cannot be made from a stolen database alone, nor from a key at the place of another merchant', async () => {
    await privacy.hashIp(merchantId, IP, NOON);
    await connections[0]?.collection('ipKeys').updateOne({ merchantId }, { $set: { merchantId: 'thief' } });
    expect(await refusalOf((await aProcess()).hashIp('thief', IP, NOON))).to.match(/cannot be read/);
    await connections[0]?.collection('ipKeys').updateOne({}, { $set: { merchantId } });
    masterSecret = 'the master secret of somebody else';
    expect(await refusalOf((await aProcess()).hashIp(merchantId, IP, NOON))).to.match(/cannot be read/);
  });

  function readKey(encryptedKey: string): string {
    return decryptSecret(encryptedKey, { masterSecret, context: `ip-key:${merchantId}:2026-10-02` });
  }
});

async function refusalOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'done',
    (error: unknown) => (error as Error).message,
  );
}

async function bytesOf(dir: string): Promise<Buffer> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return Buffer.concat(await Promise.all(files.map((entry) => readFile(join(entry.parentPath, entry.name)))));
}
