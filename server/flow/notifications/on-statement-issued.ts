import type { PendingEvent } from '../../shared/events.ts';
import type { StatementStore } from '../statements/index.ts';
import { describeStatement } from './describe-statement.ts';
import type { Templates } from './load-templates.ts';
import type { People } from './people.ts';
import type { MailContent } from './queue-mail.ts';

export interface OnStatementIssuedDeps extends People {
  statements: Pick<StatementStore, 'byId'>;
  templates: Pick<Templates, 'statementIssued'>;
  queueMail: (content: MailContent) => Promise<void>;
}

/** Writes one mail for each statement to its affiliate; the statement's id makes a repeat a no-op. */
export function createOnStatementIssued(deps: OnStatementIssuedDeps) {
  return async ({ merchantId, data }: PendingEvent<'statement.issued'>): Promise<void> => {
    const statement = await deps.statements.byId(merchantId, data.statementId);
    if (!statement) throw new Error(`statement ${data.statementId} is not there`);
    const recipient = await deps.affiliateById(merchantId, statement.affiliateId);
    const sender = await deps.merchantById(merchantId);
    if (!recipient || !sender) return;
    const view = describeStatement(statement, recipient, sender);
    await deps.queueMail({
      merchantId,
      reference: `statement/${statement._id}`,
      affiliateId: recipient.id,
      to: { name: recipient.name, address: recipient.email },
      senderName: sender.name,
      list: `statements.${merchantId}`,
      subject: view.subject,
      ...deps.templates.statementIssued(view),
    });
  };
}
