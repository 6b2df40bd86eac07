import { Router } from 'express';
import { z } from 'zod';
import type { RouteDescription } from '../platform/http/index.ts';
import type { RenderPage } from './render-page.ts';

/** What a signed link leads to; undefined where it does not work any more. */
export type ReadOrderReceipts = (
  token: string,
) => Promise<
  | { orderNumber: string; credit: string[]; postings: { id: string; title: string; words: string[] }[] }
  | undefined
>;

export const receiptDescriptions: RouteDescription[] = [
  {
    method: 'get',
    path: '/receipts/:token',
    summary: "The page of an order's receipts, by a signed link that ends",
    access: 'public',
    isPage: true,
    params: z.object({ token: z.string() }),
  },
];

/** Who is credited for an order, and every receipt of it, for staff of the shop that have no account here. */
export function receiptRoutes({
  readOrderReceipts,
  renderPage,
}: {
  readOrderReceipts: ReadOrderReceipts;
  renderPage: RenderPage;
}): Router {
  const router = Router();
  router.get('/receipts/:token', async (request, response) => {
    response.set('Cache-Control', 'no-store').set('X-Robots-Tag', 'noindex');
    const receipts = await readOrderReceipts(request.params.token);
    if (receipts) {
      const title = `Who is credited for order ${receipts.orderNumber}`;
      response.send(renderPage('receipt', { title, ...receipts }));
    } else {
      const title = 'This link does not work any more';
      response.status(404).send(renderPage('receipt-closed', { title }));
    }
  });
  return router;
}
