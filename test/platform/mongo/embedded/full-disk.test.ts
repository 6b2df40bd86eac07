import type { FileHandle } from 'node:fs/promises';
import { rm } from 'node:fs/promises';
import { expect } from 'chai';
import type { LogFile } from '../../../../server/platform/mongo/embedded/storage/write-ahead-log.ts';
import { WriteAheadLog } from '../../../../server/platform/mongo/embedded/storage/write-ahead-log.ts';
import { DataFolder } from '../../../../server/platform/mongo/embedded/storage/data-folder.ts';
import { Catalog } from '../../../../server/platform/mongo/embedded/storage/catalog.ts';
import { ChangeSet } from '../../../../server/platform/mongo/embedded/storage/change-set.ts';
import { temporaryFolder } from './temporary-store.ts';

describe('When the disk is full', () => {
  let dir: string;
  let catalog: Catalog;
  let log: WriteAheadLog;
  let disk: { free: number };

  beforeEach(async () => {
    dir = await temporaryFolder();
    catalog = new Catalog();
    disk = { free: Infinity };
    const { file } = await new DataFolder(dir).openLog(1);
    log = new WriteAheadLog(onDisk(file, disk), 0);
  });

  afterEach(async () => {
    await log.close();
    await rm(dir, { recursive: true });
  });

  it('refuses a write with an error, and memory is as if it had never been tried', async () => {
    await insert(1);
    disk.free = 10;

    const error = await insert(2).catch((reason: unknown) => reason);

    expect(error).to.include({ code: 14031 });
    expect(idsIn(catalog)).to.deep.equal([1]);
  });

  it('loses nothing acknowledged, and goes on when there is room again', async () => {
    await insert(1);
    disk.free = 10;
    await Promise.allSettled([insert(2), insert(3), insert(4)]);
    disk.free = Infinity;
    await insert(5);

    const recovered = new Catalog();
    await new DataFolder(dir).recover(recovered);

    expect(idsIn(catalog)).to.deep.equal([1, 5]);
    expect(idsIn(recovered)).to.deep.equal([1, 5]);
  });

  function insert(id: number): Promise<void> {
    const changes = new ChangeSet();
    catalog.ensure('shop.orders', changes).insert(new Map([['_id', BigInt(id)]]), changes);
    return log.append(changes);
  }
});

/** The file on a disk with little room: what does not fit is written in part, then the write fails. */
function onDisk(file: FileHandle, disk: { free: number }): LogFile {
  return new Proxy(file, {
    get(target, name) {
      if (name === 'write') {
        return async (bytes: Buffer, offset: number, length: number, position: number) => {
          if (length <= disk.free) return target.write(bytes, offset, length, position);
          if (disk.free === 0)
            throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
          const written = await target.write(bytes, offset, disk.free, position);
          disk.free = 0;
          return written;
        };
      }
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}

function idsIn(catalog: Catalog): number[] {
  const collection = catalog.get('shop.orders');
  return [...(collection?.records() ?? [])].map((record) => Number(collection?.read(record).get('_id')));
}
