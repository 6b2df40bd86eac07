import type { MailTransport } from '../../platform/mail/index.ts';
import type { Connection } from '../../platform/mongo/index.ts';
import type { Clock } from '../../shared/clock.ts';
import type { NewId } from '../../shared/ids.ts';
import type { CommissionStore } from '../commissions/index.ts';
import type { LedgerStore } from '../ledger/index.ts';
import type { StatementStore } from '../statements/index.ts';
import { loadTemplates } from './load-templates.ts';
import { createMailStore } from './mail.store.ts';
import { createOnCommissionPosted } from './on-commission-posted.ts';
import { createOnMailQueued } from './on-mail-queued.ts';
import { createOnStatementIssued } from './on-statement-issued.ts';
import type { People } from './people.ts';
import { createQueueMail } from './queue-mail.ts';

export interface NotificationsDeps extends People {
  connection: Connection;
  commissions: CommissionStore;
  ledger: LedgerStore;
  statements: StatementStore;
  transport: MailTransport;
  clock: Clock;
  newId: NewId;
  nudge: (collection: 'mails') => void;
}

/** Wires the notifications stage. */
export function createNotifications(deps: NotificationsDeps) {
  const mails = createMailStore(deps.connection);
  const templates = loadTemplates();
  const queueMail = createQueueMail({ ...deps, mails });
  return {
    mails,
    onCommissionPosted: createOnCommissionPosted({ ...deps, templates, queueMail }),
    onStatementIssued: createOnStatementIssued({ ...deps, templates, queueMail }),
    onMailQueued: createOnMailQueued({ ...deps, mails }),
    /** Lets mails under way finish and closes the connections to the mail server. */
    close: (): void => deps.transport.close(),
  };
}
