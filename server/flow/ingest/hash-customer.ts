/** The keyed hash of a shop's customer: the same number in two shops is two people. */
export function hashCustomer(customerId: string, storeId: string, hash: (value: string) => string): string {
  return hash(`${storeId}:${customerId}`);
}
