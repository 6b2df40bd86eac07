export function findDisagreements(receipt: unknown, options?: { withHash?: boolean }): string[];
export function listReceipts(content: unknown): unknown[];
