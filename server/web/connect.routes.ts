import { Router } from 'express';
import { z } from 'zod';
import type { RouteDescription } from '../platform/http/index.ts';
import type { RenderPage } from './render-page.ts';

const PATH = '/connect/woocommerce';
const query = z.object({ success: z.string().max(10).optional(), user_id: z.string().max(200).optional() });

/** What came of a question for a shop's keys. `account`: the merchant's name. `open`: nothing yet, or nobody asked. */
export type DescribeAuthorization = (
  state: string,
) => Promise<
  | { state: 'connected'; shop: string; account: string }
  | { state: 'refused'; shop: string; reason: string }
  | { state: 'open' }
>;

export const connectDescriptions: RouteDescription[] = [
  {
    method: 'get',
    path: PATH,
    summary: "Where WooCommerce leads a shop's owner after the question for keys",
    access: 'public',
    isPage: true,
    query,
  },
];

/** The page to which WooCommerce leads a shop's owner back: what was connected, and what comes next. */
export function connectRoutes(deps: {
  describeAuthorization: DescribeAuthorization;
  renderPage: RenderPage;
}): Router {
  const { describeAuthorization, renderPage } = deps;
  const router = Router();
  router.get(PATH, async (request, response) => {
    const asked = query.safeParse(request.query);
    const { success, user_id: state = '' } = asked.success ? asked.data : {};
    const found = success === '0' ? { state: 'declined' as const } : await describeAuthorization(state);
    // The state in the address is used up, and yet nobody else's business.
    response.set({ 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer' });
    response.send(renderPage('connected-shop', describe(found)));
  });
  return router;
}

type Found = Awaited<ReturnType<DescribeAuthorization>> | { state: 'declined' };

function describe(found: Found): { title: string } & Record<string, unknown> {
  const nothing = { isConnected: false, isRefused: false, shop: '', account: '', reason: '' };
  switch (found.state) {
    case 'connected':
      return { ...nothing, ...found, title: 'Your shop is connected', isConnected: true };
    case 'refused':
      return { ...nothing, ...found, title: 'Your shop was not connected', isRefused: true };
    case 'declined':
      return { ...nothing, title: 'Nothing was connected: you did not agree' };
    case 'open':
      return { ...nothing, title: 'Nothing is known of this connection' };
  }
}
