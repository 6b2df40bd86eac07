/** What it takes to ask a shop's REST API. In clear here, and in memory only. */
export interface RestAccess {
  /** The https address of the shop, maybe with a path, without a slash at its end: `https://shop.example/store`. */
  readonly address: string;
  /** `ck_...` */
  readonly consumerKey: string;
  /** `cs_...` */
  readonly consumerSecret: string;
  /** For hosts that strip the header Authorization: key and secret go into the query, and so into the host's logs. */
  readonly secretsInAddress: boolean;
}

/** A connected shop that can be asked. */
export interface OpenStore {
  merchantId: string;
  storeId: string;
  access: RestAccess;
}

/** Keeps for a shop's health what came of asking it: why it failed, in words, or null when it answered. */
export type NoteAsked = (asked: OpenStore, failure: string | null) => Promise<void>;
