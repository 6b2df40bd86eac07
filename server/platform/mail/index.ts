export { asOneLine } from './as-one-line.ts';
export { compileMailTemplate, type MailTemplate } from './compile-mail-template.ts';
export { createMailTransport, type MailSettings } from './create-mail-transport.ts';
export { DeliveryError } from './delivery-error.ts';
export type { MailTransport, OutgoingMail } from './mail-transport.ts';
