import type { OutgoingMail } from '../../../server/platform/mail/index.ts';

/** A mail to Anna. */
export function aMail(changes: Partial<OutgoingMail> = {}): OutgoingMail {
  return {
    id: 'mail-1',
    to: { name: 'Anna Berg', address: 'anna@partners.example' },
    senderName: 'Teehaus Grün',
    list: 'commissions.m-1',
    writtenAt: new Date('2026-09-03T10:00:00Z'),
    subject: 'You earned 7.40 EUR: order #1001',
    text: 'Grüezi Anna, 7.40 EUR',
    html: '<p>Grüezi Anna, <b>7.40 EUR</b></p>',
    ...changes,
  };
}
