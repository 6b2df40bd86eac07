export { compileMailTemplate, type MailTemplate } from './compile-mail-template.ts';
export { createMailTransport } from './create-mail-transport.ts';
export { DeliveryError } from './delivery-error.ts';
export type { MailTransport, OutgoingMail } from './mail-transport.ts';
