import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileMailTemplate, type MailTemplate } from '../../platform/mail/index.ts';
import type { CommissionMailView } from './describe-commission.ts';
import type { StatementMailView } from './describe-statement.ts';

export interface Templates {
  commissionPosted: MailTemplate<CommissionMailView>;
  statementIssued: MailTemplate<StatementMailView>;
}

/** Reads and compiles the mails' templates, once at start. */
export function loadTemplates(): Templates {
  return {
    commissionPosted: load<CommissionMailView>('commission-posted'),
    statementIssued: load<StatementMailView>('statement-issued'),
  };
}

function load<View extends { subject: string }>(name: string): MailTemplate<View> {
  const read = (file: string): string => readFileSync(join(import.meta.dirname, 'templates', file), 'utf8');
  return compileMailTemplate<View>({
    layout: read('layout.html.hbs'),
    html: read(`${name}.html.hbs`),
    text: read(`${name}.text.hbs`),
  });
}
