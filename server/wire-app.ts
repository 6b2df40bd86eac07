import type { Logger } from 'pino';
import { buildSnippet } from '../storefront-snippet/build.ts';
import { createAuthenticate } from './authenticate-caller.ts';
import { createShopifyRoutes, shopifyRouteDescriptions } from './connectors/shopify/index.ts';
import { createWooCommerceRoutes, wooCommerceRouteDescriptions } from './connectors/woocommerce/index.ts';
import { attributionRoutes } from './flow/attribution/index.ts';
import { affiliateCommissionRoutes, commissionRoutes, decisionRoutes } from './flow/commissions/index.ts';
import {
  conversionRoutes,
  createIngestRouter,
  createPixelRouter,
  ingestDescriptions,
  matchRoute,
  orderRoutes,
  pixelConversionRoute,
  pixelDescriptions,
  touchRoute,
} from './flow/ingest/index.ts';
import { affiliateBalanceRoute, ledgerRoutes } from './flow/ledger/index.ts';
import { createHttpApp } from './platform/http/index.ts';
import { newId } from './shared/ids.ts';
import { rememberResult } from './remember-result.ts';
import { createWeb } from './web/index.ts';
import type { Parts, WiringDeps } from './wire-parts.ts';

/** The HTTP app over the parts. */
export function wireApp({
  clock,
  config,
  log,
  connection,
  parts,
}: WiringDeps & { parts: Parts; log: Logger }) {
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
  } = parts;
  const hooks = { findStore: stores.findStore, acceptDelivery: ingest.acceptDelivery, clock, log };
  const { storefrontSettings } = merchants;
  const { linkBySlug } = programs;
  const ingestDeps = { ...ingest, findStore: stores.findStore, linkBySlug, storefrontSettings, clock, log };
  const web = createWeb({
    setup: merchants,
    snippet: rememberResult(async () => (await buildSnippet()).code),
  });
  return createHttpApp({
    routes: [
      ...merchants.routes,
      ...apiKeys.routes,
      ...affiliates.routes,
      ...programs.routes,
      ...stores.routes,
      touchRoute(ingestDeps),
      pixelConversionRoute(ingestDeps),
      matchRoute(ingestDeps),
      ...conversionRoutes(ingest),
      ...orderRoutes(ingest),
      ...attributionRoutes(attribution),
      ...commissionRoutes(commissions),
      ...affiliateCommissionRoutes(commissions),
      ...decisionRoutes(commissions),
      ...ledgerRoutes(ledger),
      affiliateBalanceRoute(ledger),
      ...statements.routes,
    ],
    routers: [
      createIngestRouter(ingestDeps),
      createPixelRouter(ingestDeps),
      createShopifyRoutes(hooks),
      createWooCommerceRoutes(hooks),
      ...web.routers,
    ],
    descriptions: [
      ...ingestDescriptions,
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
}
