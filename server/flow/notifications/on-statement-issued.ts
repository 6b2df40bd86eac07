import type { PendingEvent } from '../../shared/events.ts';
import type { StatementStore } from '../statements/index.ts';
import { describeStatement } from './describe-statement.ts';
import type { Templates } from './load-templates.ts';
import type { People } from './people.ts';
import type { MailContent } from './queue-mail.ts';

export interface OnStatementIssuedDeps {
  statements: Pick<StatementStore, 'byId'>;
  people: People;
  templates: Pick<Templates, 'statementIssued'>;
  queueMail: (content: MailContent) => Promise<void>;
}

/** Writes one mail for each statement to its affiliate; the statement's id makes a repeat a no-op. */
export function createOnStatementIssued({ statements, people, templates, queueMail }: OnStatementIssuedDeps) {
  return async ({ merchantId, data }: PendingEvent<'statement.issued'>): Promise<void> => {
    const statement = await statements.byId(merchantId, data.statementId);
    if (!statement) throw new Error(`statement ${data.statementId} is not there`);
    const recipient = await people.affiliateById(merchantId, statement.affiliateId);
    const sender = await people.merchantById(merchantId);
    if (!recipient || !sender) return;
    const view = describeStatement(statement, recipient, sender);
    await queueMail({
      merchantId,
      reference: `statement/${statement._id}`,
      affiliateId: recipient.id,
      to: { name: recipient.name, address: recipient.email },
      senderName: sender.name,
      list: `statements.${merchantId}`,
      subject: view.subject,
      ...templates.statementIssued(view),
    });
  };
}
