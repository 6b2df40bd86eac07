/** Who won, and with which own codes on the order (folded); some = a coupon sale (S5). */
export interface SaleContext {
  affiliateId: string;
  /** The winner's group at T; null = none. */
  groupId: string | null;
  ownCodes: string[];
}
