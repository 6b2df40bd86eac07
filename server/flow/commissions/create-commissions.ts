import type { Connection } from '../../platform/mongo/index.ts';
import type { FindStore } from '../../shared/store-connection.ts';
import { createCommissionStore } from './commission.store.ts';
import { createFindCredit } from './credits/find-credit.ts';
import { createQuestionLimit } from './credits/limit-questions.ts';
import { createReadOrderReceipts } from './credits/read-order-receipts.ts';
import { createReceiptLinks } from './credits/receipt-links.ts';
import { createDecideCommission } from './decide-commission.ts';
import { createOnAttributionDecided, type OnAttributionDecidedDeps } from './on-attribution-decided.ts';
import { createReleaseDue } from './release-due.ts';

export interface CommissionsDeps extends Omit<OnAttributionDecidedDeps, 'commissions'> {
  connection: Connection;
  findStore: Pick<FindStore, 'byId'>;
  masterSecret: string;
}

/** Wires the commissions stage. */
export function createCommissions(deps: CommissionsDeps) {
  const commissions = createCommissionStore(deps.connection);
  const wired = { ...deps, commissions };
  const credits = { findCredit: createFindCredit(wired), receiptLinks: createReceiptLinks(deps) };
  return {
    commissions,
    ...credits,
    limitQuestions: createQuestionLimit(),
    readOrderReceipts: createReadOrderReceipts({ ...deps, ...credits }),
    onAttributionDecided: createOnAttributionDecided(wired),
    decideCommission: createDecideCommission(wired),
    releaseDue: createReleaseDue(wired),
  };
}
