import { expect } from 'chai';
import { createWooClient } from '../../../server/connectors/woocommerce/index.ts';
import { askAgain, type Ask } from '../../../server/connectors/woocommerce/pull/ask-again.ts';
import { walkList } from '../../../server/connectors/woocommerce/pull/walk-list.ts';
import {
  startFakeWooStore,
  type Fault,
  type FakeWooStore,
} from '../../../server/demo/shops/woocommerce-store/index.ts';
import { seededRandom } from '../../support/scale.ts';
import { wooOrder } from '../../support/woocommerce-payloads.ts';

const connect = createWooClient({ clock: () => new Date(), allowPrivate: true });
const START = new Date('2026-11-21T03:00:00Z');
const at = (second: number): string => new Date(START.getTime() + second * 1_000).toISOString().slice(0, 19);

describe('A list of a shop that is walked by its dates (woocommerce.md 8)', function () {
  this.timeout(20_000);
  let woo: FakeWooStore;
  beforeEach(async () => {
    woo = await startFakeWooStore({ hoursAhead: -8 });
  });
  afterEach(() => woo.stop());

  const put = (id: number, second: number): void =>
    woo.setOrder(wooOrder({ id, number: String(id), date_modified_gmt: at(second) }));

  async function walk(ask?: Ask): Promise<Set<number>> {
    const seen = new Set<number>();
    const { get } = connect(woo.accessOf());
    const list = { path: 'orders', by: 'modified', params: { status: 'any', dp: 2 } } as const;
    for await (const { rows } of walkList(ask ?? get, {
      ...list,
      after: new Date(START.getTime() - 1_000),
    })) {
      for (const { id } of rows) seen.add(id);
    }
    return seen;
  }

  it('gives all of 320 orders, of which 250 were changed in one second', async () => {
    for (let id = 1; id <= 320; id += 1) put(id, id <= 40 ? id : id <= 290 ? 50 : id);
    expect((await walk()).size).to.equal(320);
  });

  it('leaves out none, although somebody changes orders between the pages', async () => {
    for (let id = 1; id <= 320; id += 1) put(id, Math.ceil(id / 3));
    let changed = 0;
    woo.onRequest(() => {
      for (const last = changed + 15; changed < last && changed < 90; put(changed, 400 + changed))
        changed += 1;
    });
    expect((await walk()).size).to.equal(320);
    expect(changed).to.be.greaterThan(45);
  });

  it('leaves out none of one second, although rows of it go away between the pages', async () => {
    for (let id = 1; id <= 320; id += 1) put(id, 50);
    let changed = 0;
    woo.onRequest(({ query }) => {
      if (query.get('orderby') !== 'id') return;
      for (const last = changed + 15; changed < last && changed < 60; put(changed, 400 + changed))
        changed += 1;
    });
    expect((await walk()).size).to.equal(320);
    expect(changed).to.be.greaterThan(30);
  });

  it('gives all of a shop whose host fails two times of ten and is silent two times of ten', async () => {
    for (let id = 1; id <= 320; id += 1) put(id, Math.ceil(id / 3));
    const random = seededRandom(7);
    const faults: Fault[] = [];
    woo.setFault(() => {
      const draw = random();
      const fault = draw < 0.2 ? 'server-error' : draw < 0.4 ? 'slow' : undefined;
      if (fault) faults.push(fault);
      return fault;
    });
    const impatient = createWooClient({ clock: () => new Date(), allowPrivate: true, timeout: 400 });
    const waited: number[] = [];
    const ask = askAgain(impatient(woo.accessOf()), (pause) => Promise.resolve(void waited.push(pause)));
    for (let walked = 0; walked < 5; walked += 1) expect((await walk(ask)).size).to.equal(320);
    expect(new Set(faults).size, 'both happened').to.equal(2);
    expect(waited).to.have.length(faults.length);
  });

  it('asks without a Z and with dates_are_gmt', async () => {
    put(1, 0);
    await walk();
    expect(woo.asked[0])
      .to.match(/modified_after=2026-11-21T02:59:59&/)
      .and.to.contain('dates_are_gmt=true');
  });
});
