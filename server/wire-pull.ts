import type { Config } from './config.ts';
import { createPull, createReconcile, createWooClient } from './connectors/woocommerce/index.ts';
import type { createIngest } from './flow/ingest/index.ts';
import type { Programs } from './people/programs/index.ts';
import type { Log } from './platform/log.ts';
import type { Connection } from './platform/mongo/index.ts';
import type { Clock } from './shared/clock.ts';
import { newId } from './shared/ids.ts';
import type { NoteAsked, OpenStore } from './shared/rest-access.ts';

/** Which shops can be asked by their REST interface, and how. */
export interface RestDirectory {
  listWithRestAccess: () => Promise<OpenStore[]>;
  openStoresOf: (merchantId: string) => Promise<OpenStore[]>;
  noteAsked: NoteAsked;
}

/** How long an order may wait for its payment, beside the hold that begins with it. */
const WAITING_DAYS = 14;
/** While a merchant has no programme. */
const NO_HOLD_DAYS = 30;

/** The reading of WooCommerce shops, wired to what knows their orders and their keys. */
export function wirePull(deps: {
  config: Config;
  connection: Connection;
  clock: Clock;
  log: Log;
  directory: RestDirectory;
  ingest: ReturnType<typeof createIngest>;
  /** How time is let pass before a shop is asked again; really, when left out. */
  wait?: ((milliseconds: number) => Promise<void>) | undefined;
  programs: Pick<Programs, 'programsOf'>;
}) {
  const { config, ingest, programs, directory, wait, ...base } = deps;
  const reading = {
    ...base,
    ...directory,
    ...(wait && { wait }),
    receiveDelivery: ingest.receiveDelivery,
    foreseeDelivery: ingest.foreseeDelivery,
    orders: ingest.orders,
    connect: createWooClient({ clock: base.clock, allowPrivate: config.allowPrivateStores }),
  };
  const reconcile = createReconcile({ ...reading, newId, days: config.reconcileDays });
  const pull = createPull({
    ...reading,
    everySeconds: config.pullSeconds,
    firstDays: config.pullFirstDays,
    mostAgain: config.pullAgain,
    async holdDays(merchantId) {
      const all = await programs.programsOf(merchantId);
      const days = all.flatMap(({ settingsVersions }) =>
        settingsVersions.map(({ settings }) => settings.hold.days),
      );
      return Math.max(NO_HOLD_DAYS, ...days) + WAITING_DAYS;
    },
  });
  return { pull, reconcile };
}
