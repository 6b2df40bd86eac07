import type { NodemailerError } from 'nodemailer';
import { asOneLine } from './as-one-line.ts';

const LONGEST_REASON = 200;
const ADDRESS = /[^\s<>]+@[^\s<>]+/g;
/** Answers to these commands are about this mail; all others are about the server's set-up or its day. */
const ABOUT_THE_MAIL = ['RCPT TO', 'DATA'];
const AUTHENTICATION_REQUIRED = 530;

/** A mail that did not go out. Its message holds no address and no credentials, so that it may be logged. */
export class DeliveryError extends Error {
  /** True when the same mail would be refused again. */
  readonly permanent: boolean;

  constructor(message: string, permanent: boolean) {
    super(message);
    this.name = 'DeliveryError';
    this.permanent = permanent;
  }
}

/**
 * What an error of the SMTP client means. Only a 5xx that concerns the recipient or the content is
 * permanent; a refused sign-in or sender is mended in the settings, and then the mail can go out.
 */
export function toDeliveryError(error: NodemailerError): DeliveryError {
  const { code = 'unknown error', originalCode, command = '', response, responseCode } = error;
  if (response === undefined || responseCode === undefined) {
    const detail = [code, originalCode, error.timeoutType].filter(Boolean).join(', ');
    return new DeliveryError(`The mail server could not take the mail (${detail}).`, false);
  }
  const isAboutTheMail = ABOUT_THE_MAIL.includes(command) && responseCode !== AUTHENTICATION_REQUIRED;
  const reason = asOneLine(response).replace(ADDRESS, '(address)').slice(0, LONGEST_REASON);
  const message = `The mail server answered "${command.startsWith('AUTH') ? responseCode : reason}" to ${command}.`;
  return new DeliveryError(message, isAboutTheMail && error.permanent === true);
}
