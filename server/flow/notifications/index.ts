export { createNotifications, type NotificationsDeps } from './create-notifications.ts';
export type { Mail } from './mail.ts';
export type { Recipient } from './people.ts';
