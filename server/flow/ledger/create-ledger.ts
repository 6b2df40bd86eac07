import type { Connection } from '../../platform/mongo/index.ts';
import type { Clock } from '../../shared/clock.ts';
import type { NewId } from '../../shared/ids.ts';
import type { CommissionStore } from '../commissions/index.ts';
import { createBalanceStore } from './balance.store.ts';
import { createCatchUpBalance } from './catch-up-balance.ts';
import { createLedgerStore } from './ledger.store.ts';
import { createOnCommissionComputed, createOnCommissionMoved } from './on-commission-event.ts';
import { createOnEntryPosted } from './on-entry-posted.ts';
import { createPostEntry } from './post-entry.ts';
import { createRebuildBalances, findWrongBalance } from './rebuild-balances.ts';

export interface LedgerDeps {
  connection: Connection;
  commissions: CommissionStore;
  clock: Clock;
  newId: NewId;
  nudge: (collection: 'ledgerEntries') => void;
}

/** Wires the ledger stage. */
export function createLedger(deps: LedgerDeps) {
  const ledger = createLedgerStore(deps.connection);
  const balances = createBalanceStore(deps.connection);
  const postEntry = createPostEntry({ ...deps, ledger });
  const cache = { balances, ledger, catchUpBalance: createCatchUpBalance({ balances, ledger }) };
  return {
    ledger,
    balances,
    rebuildBalances: createRebuildBalances(cache),
    findWrongBalance: (merchantId: string) => findWrongBalance(merchantId, cache),
    onCommissionComputed: createOnCommissionComputed({ ...deps, postEntry }),
    onCommissionMoved: createOnCommissionMoved({ ...deps, postEntry }),
    onEntryPosted: createOnEntryPosted(cache),
  };
}
