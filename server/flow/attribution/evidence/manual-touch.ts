/** That a person assigned an order to an affiliate (S11). Never changed once written. */
export interface ManualTouch {
  id: string;
  programId: string;
  affiliateId: string;
  /** Who assigned it: the id of the staff member. */
  staffId: string;
  /** In that person's words, for the merchant. */
  reason: string;
  at: Date;
}
