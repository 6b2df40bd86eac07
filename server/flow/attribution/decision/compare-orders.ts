/** What places an order among the others of its buyer. */
export interface OrderPlace {
  placedAt: Date;
  storeId: string;
  externalId: string;
}

/** Earlier orders first: by T, ties by the store and by the platform's order id (S3), which every run knows alike. */
export function compareOrders(a: OrderPlace, b: OrderPlace): number {
  return (
    a.placedAt.getTime() - b.placedAt.getTime() ||
    compareTexts(a.storeId, b.storeId) ||
    compareTexts(a.externalId, b.externalId)
  );
}

const compareTexts = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);
