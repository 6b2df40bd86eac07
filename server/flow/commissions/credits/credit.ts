import type { PostingState } from '../../../shared/posting-state.ts';

/** Who is credited for an order and what it earns, for the shop's own staff. No buyer in it. */
export interface Credit {
  /** `unknown`: the order is not here, or was not decided yet. */
  state: 'credited' | 'nobody' | 'unknown';
  /** The whole of it, a sentence each; the first says the most. */
  words: string[];
  parts: CreditPart[];
}

/** What one affiliate gets of the order, in one state; zero where nothing was posted. */
export interface CreditPart {
  affiliateName: string;
  /** The code of the touch that won: the affiliate's or a coupon's. */
  code: string | null;
  /** Minor units. */
  amount: bigint;
  currency: string;
  state: PostingState | null;
}
