import { join } from 'node:path';
import express, { type Router } from 'express';
import type { RouteDescription } from '../platform/http/index.ts';
import { connectDescriptions, connectRoutes, type DescribeAuthorization } from './connect.routes.ts';
import { createPageRenderer } from './render-page.ts';
import { homeDescriptions, homeRoutes } from './home.routes.ts';
import { receiptDescriptions, receiptRoutes, type ReadOrderReceipts } from './receipt.routes.ts';
import { snippetDescriptions, snippetRoutes, type LoadScript } from './snippet.routes.ts';
import { setupDescriptions, setupRoutes, type Setup } from './setup.routes.ts';

const STATIC_FILES = join(import.meta.dirname, 'static');

/** Wires the pages: routers for the HTTP app, and what its OpenAPI document tells about them. */
export function createWeb(deps: {
  setup: Setup;
  snippet: LoadScript;
  readOrderReceipts: ReadOrderReceipts;
  describeAuthorization: DescribeAuthorization;
}): {
  routers: Router[];
  descriptions: RouteDescription[];
} {
  const files = express.Router();
  files.use('/static', express.static(STATIC_FILES, { index: false, maxAge: '1h' }));
  const renderPage = createPageRenderer();
  return {
    routers: [
      files,
      homeRoutes(renderPage),
      setupRoutes({ setup: deps.setup, renderPage }),
      receiptRoutes({ ...deps, renderPage }),
      connectRoutes({ ...deps, renderPage }),
      snippetRoutes(deps.snippet),
    ],
    descriptions: [
      ...homeDescriptions,
      ...setupDescriptions,
      ...receiptDescriptions,
      ...connectDescriptions,
      ...snippetDescriptions,
    ],
  };
}
