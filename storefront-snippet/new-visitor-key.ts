import type { Page } from './page.ts';

/** 128 random bits as text; made of nothing that describes the visitor. */
export function newVisitorKey(page: Pick<Page, 'crypto'>): string {
  return page.crypto.getRandomValues(new Uint32Array(4)).join('-');
}
