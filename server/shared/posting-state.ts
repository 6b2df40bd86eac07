/** Where a posting stands on its way to the affiliate (S7). */
export const POSTING_STATES = [
  'pending',
  'approved',
  'payable',
  'in-payout',
  'paid',
  'held',
  'rejected',
] as const;
export type PostingState = (typeof POSTING_STATES)[number];

/** From each state, where a posting may go (S7). A failed payout returns what was in it. */
export const STATE_MOVES: Readonly<Record<PostingState, readonly PostingState[]>> = {
  pending: ['approved', 'held', 'rejected'],
  approved: ['payable', 'held', 'rejected'],
  payable: ['in-payout', 'held', 'rejected'],
  held: ['pending', 'approved', 'rejected'],
  'in-payout': ['paid', 'payable'],
  paid: [],
  rejected: [],
};

/** One step of a posting. `by` is who moved it: a person's id, or what did it by itself. */
export interface StateChange {
  state: PostingState;
  at: Date;
  by: string;
  /** Why, in words; null where the state says it all. */
  reason: string | null;
}

/** The affiliate's account that holds what is in a state (S12); null: a rejected posting was taken back. */
export function accountKindOf(state: PostingState): AffiliateAccountKind | null {
  switch (state) {
    case 'pending':
    case 'approved':
    case 'held':
      return 'pending';
    case 'payable':
      return 'payable';
    case 'in-payout':
      return 'in-payout';
    case 'paid':
      return 'paid-out';
    case 'rejected':
      return null;
  }
}

/** The accounts of an affiliate in each programme (S12). */
export const AFFILIATE_ACCOUNT_KINDS = ['pending', 'payable', 'in-payout', 'paid-out'] as const;
export type AffiliateAccountKind = (typeof AFFILIATE_ACCOUNT_KINDS)[number];
