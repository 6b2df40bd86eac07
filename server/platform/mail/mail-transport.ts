/** A mail that is ready to go out. */
export interface OutgoingMail {
  /** Makes the Message-ID, so that a mail that goes out twice can be recognised as one. */
  id: string;
  to: { name: string; address: string };
  /** Shown as the sender's name; the sender's address is the installation's. */
  senderName: string;
  /** Names the kind of mail within the installation, for filters (List-Id): `commissions.m-1`. */
  list: string;
  writtenAt: Date;
  subject: string;
  text: string;
  html: string;
}

/** A way out for mails. */
export interface MailTransport {
  /**
   * Hands the mail over. Resolved = the receiver has taken responsibility for it.
   * @throws DeliveryError, whose `permanent` tells whether trying again can help
   */
  send(mail: OutgoingMail): Promise<void>;
  /** Lets what is under way finish and closes the connections. */
  close(): void;
}
