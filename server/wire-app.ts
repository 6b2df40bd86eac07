import type { RequestListener } from 'node:http';
import type { Logger } from 'pino';
import { buildScript } from '../storefront-snippet/build.ts';
import { createAuthenticate } from './authenticate-caller.ts';
import { shopifyRoute, shopifyRouteDescriptions } from './connectors/shopify/index.ts';
import {
  reconciliationRoutes,
  wooCommerceRoute,
  wooCommerceRouteDescriptions,
} from './connectors/woocommerce/index.ts';
import { attributionRoutes } from './flow/attribution/index.ts';
import {
  affiliateCommissionRoutes,
  commissionRoutes,
  creditDescriptions,
  creditRoute,
  decisionRoutes,
} from './flow/commissions/index.ts';
import {
  clickRoutes,
  conversionRoutes,
  createPixelRouter,
  eventDescriptions,
  eventRoute,
  followLinkRoutes,
  linkDescriptions,
  matchRoute,
  orderRoutes,
  pixelConversionRoute,
  pixelDescriptions,
  pixelDescription,
  pixelRoute,
  touchRoute,
} from './flow/ingest/index.ts';
import { affiliateBalanceRoute, ledgerRoutes } from './flow/ledger/index.ts';
import {
  buildLandingUrl,
  createReferrerTestRouter,
  referrerTestDescriptions,
} from './people/programs/index.ts';
import { clientAddress, createHttpApp, jsonAhead, serveAhead } from './platform/http/index.ts';
import { newId } from './shared/ids.ts';
import { rememberResult } from './remember-result.ts';
import { createWeb } from './web/index.ts';
import type { Parts, WiringDeps } from './wire-parts.ts';

/** Bytes; two addresses of 2 000 characters, some of which are written as \\uXXXX. */
const LARGEST_TOUCH = 32_768;

/** The HTTP app over the parts, and ahead of it the routes that every click and every order call. */
export function wireApp({
  clock,
  config,
  log,
  connection,
  parts,
}: WiringDeps & { parts: Parts; log: Logger }): RequestListener {
  const {
    merchants,
    apiKeys,
    affiliates,
    programs,
    stores,
    ingest,
    attribution,
    commissions,
    ledger,
    statements,
    reconcile,
    privacy,
  } = parts;
  const hooks = { ...ingest, findStore: stores.findStore, clock, log };
  const { storefrontSettings } = merchants;
  const pages = { ...ingest, findStore: stores.findStore, storefrontSettings, clock, log };
  const visits = { ...ingest, buildLandingUrl, clock, log };
  const touches = touchRoute(visits);
  const ahead = [
    ...followLinkRoutes(visits),
    pixelRoute(visits),
    jsonAhead(touches, LARGEST_TOUCH, ingest.touches.isFull),
    eventRoute({ ...ingest, findStore: stores.findStore, clock }),
    creditRoute({ ...commissions, findStore: stores.findStore, clock }),
    shopifyRoute(hooks),
    wooCommerceRoute(hooks),
  ];
  const scripts = {
    'snippet.js': rememberResult(async () => (await buildScript('snippet.js')).code),
    'snippet-forms.js': rememberResult(async () => (await buildScript('snippet-forms.js')).code),
  };
  const web = createWeb({
    setup: merchants,
    readOrderReceipts: commissions.readOrderReceipts,
    async describeAuthorization(state) {
      const found = await stores.describeAuthorization(state);
      if (found.state !== 'connected') return found;
      return { ...found, account: (await merchants.merchantById(found.merchantId))?.name ?? '' };
    },
    snippet: (name) => scripts[name](),
  });
  const app = createHttpApp({
    routes: [
      ...merchants.routes,
      ...apiKeys.routes,
      ...affiliates.routes,
      ...programs.routes,
      ...stores.routes,
      touches,
      ...clickRoutes(ingest),
      pixelConversionRoute(pages),
      matchRoute(pages),
      ...conversionRoutes(ingest),
      ...orderRoutes(ingest),
      ...attributionRoutes(attribution),
      ...commissionRoutes({ ...commissions, ...attribution }),
      ...affiliateCommissionRoutes(commissions),
      ...decisionRoutes(commissions),
      ...ledgerRoutes(ledger),
      affiliateBalanceRoute(ledger),
      ...statements.routes,
      ...reconciliationRoutes(reconcile),
      ...privacy.routes,
    ],
    routers: [createReferrerTestRouter(programs.noteArrival), createPixelRouter(pages), ...web.routers],
    descriptions: [
      ...eventDescriptions,
      ...creditDescriptions,
      ...linkDescriptions,
      pixelDescription,
      ...referrerTestDescriptions,
      ...pixelDescriptions,
      ...shopifyRouteDescriptions,
      ...wooCommerceRouteDescriptions,
      ...web.descriptions,
    ],
    authenticate: createAuthenticate(parts),
    answerOnce: parts.answerOnce,
    isReady: async () => (await connection.db?.command({ ping: 1 }))?.['ok'] === 1,
    log,
    newId,
    trustProxy: config.trustProxy,
  });
  return serveAhead(
    { routes: ahead, addressOf: clientAddress(app), noteRequest: parts.traffic.note, newId, log },
    app,
  );
}
