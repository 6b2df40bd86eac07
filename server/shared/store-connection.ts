/** A connected shop, as hooks and connectors need it. Secrets are in clear here and live in memory only. */
export interface StoreConnection {
  id: string;
  merchantId: string;
  platform: 'shopify' | 'woocommerce' | 'custom';
  /** Shopify: the myshopify domain; others: the shop's origin. */
  domain: string;
  status: 'connected' | 'disconnected';
  /** The platform's own webhook secrets, newest first: current and previous while one rotates. */
  webhookSecrets: string[];
  /** `whsec_` secrets of our signed events, newest first. */
  eventSecrets: string[];
}

/** Finds a connected shop by its id, or by its Shopify domain. Undefined when there is none. */
export interface FindStore {
  byId(storeId: string): Promise<StoreConnection | undefined>;
  byShopifyDomain(domain: string): Promise<StoreConnection | undefined>;
}
