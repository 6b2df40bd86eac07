export { createNotifications, type NotificationsDeps } from './create-notifications.ts';
export type { Mail } from './mail.ts';
export type { MailStore } from './mail.store.ts';
export type { People, Recipient, Sender } from './people.ts';
