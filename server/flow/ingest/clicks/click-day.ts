import type { Uncounted } from '../touches/judge-click.ts';

/** Whose clicks, on which day. */
export interface ClickSeries {
  merchantId: string;
  /** In the merchant's time zone, yyyy-mm-dd. */
  day: string;
  programId: string;
  affiliateId: string;
  /** Null: the affiliate's code on an address of the shop, without a link of ours. */
  linkId: string | null;
  subId: string | null;
}

/** How many, and how many visits were none and why. */
export type ClickCounts = { clicks: number } & Record<Uncounted, number>;

/** What a batch adds to a series. */
export interface ClickSum {
  series: ClickSeries;
  counts: ClickCounts;
}

/** The clicks of one series; stays when the touches have expired. */
export interface ClickDay extends ClickSeries, ClickCounts {
  id: string;
  createdAt: Date;
}
