import type { Platform } from './store.ts';

const SHOPIFY_DOMAIN = /^[a-z0-9][a-z0-9-]*\.myshopify\.com$/;

/**
 * A shop's domain in the form in which it is stored and compared, or why it cannot be used.
 * Shopify: the myshopify domain. Others: the origin; https is assumed where no scheme is given.
 */
export function normaliseDomain(platform: Platform, text: string): { domain: string } | { problem: string } {
  const url = readWebAddress(text);
  if (!url) return { problem: 'Enter the address of the shop, e.g. https://shop.example.' };
  if (platform !== 'shopify') return { domain: url.origin };
  if (SHOPIFY_DOMAIN.test(url.host)) return { domain: url.host };
  return {
    problem: 'Enter the domain that ends with .myshopify.com; Shopify shows it under Settings, Domains.',
  };
}

/** `host[:port]` of an address or of a bare host name; undefined when it is neither. */
export function normaliseHost(text: string): string | undefined {
  return readWebAddress(text)?.host;
}

function readWebAddress(text: string): URL | undefined {
  const address = /^[a-z]+:\/\//i.test(text) ? text : `https://${text}`;
  if (!URL.canParse(address)) return undefined;
  const url = new URL(address);
  const isWeb = url.protocol === 'https:' || url.protocol === 'http:';
  return isWeb && url.username === '' && url.password === '' ? url : undefined;
}
