import type { Connection } from '../../platform/mongo/index.ts';
import type { Clock } from '../../shared/clock.ts';
import type { NewId } from '../../shared/ids.ts';
import type { CommissionStore } from '../commissions/index.ts';
import { createLedgerStore } from './ledger.store.ts';
import { createOnCommissionComputed } from './on-commission-computed.ts';
import { createPostEntry } from './post-entry.ts';

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
  const postEntry = createPostEntry({ ...deps, ledger });
  return { ledger, onCommissionComputed: createOnCommissionComputed({ ...deps, postEntry }) };
}
