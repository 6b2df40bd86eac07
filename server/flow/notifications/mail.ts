/** A mail to an affiliate, from the moment it was written. Its content is never edited. */
export interface Mail {
  _id: string;
  merchantId: string;
  revision: number;
  /** What it tells of, once per merchant: `commission/<postingId>`, `statement/<statementId>`. */
  reference: string;
  affiliateId: string;
  to: { name: string; address: string };
  senderName: string;
  list: string;
  subject: string;
  text: string;
  html: string;
  queuedAt: Date;
  state: 'queued' | 'sent' | 'failed';
  attempts: number;
  /** While one process tries to send it, others wait. */
  leaseUntil: Date | null;
  sentAt: Date | null;
  /** Why the last attempt did not succeed, or null. */
  failure: string | null;
}
