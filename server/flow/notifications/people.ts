/** The people that mails are about, as far as notifications need them. */
export interface People {
  /** Undefined when there is no such affiliate any more. */
  affiliateById(merchantId: string, affiliateId: string): Promise<Recipient | undefined>;
  merchantById(merchantId: string): Promise<Sender | undefined>;
}

export interface Recipient {
  id: string;
  name: string;
  email: string;
}

export interface Sender {
  name: string;
  /** IANA name; days in mails are the merchant's. */
  timeZone: string;
}
