import { expect } from 'chai';
import { anOrderEvent } from '../support/a-signed-order.ts';
import { startServer, type TestServer } from '../support/a-server.ts';
import { call, openShop, type Answer, type Shop } from '../support/a-shop.ts';
import {
  listApiRoutes,
  listRoutes,
  nameOf,
  readApiDocument,
  type ApiDocument,
  type ApiRoute,
} from './api-document.ts';
import { callersOf } from './api-things.ts';
import { createAnswerCheck } from './check-answer.ts';

/** The names on which plugins, the snippet and outside clients rely. */
const CONTRACT = `
  GET /r/{slug} | POST /collect/v1/touches | GET /snippet.js | GET /snippet-forms.js
  POST /hooks/v1/shopify | POST /hooks/v1/woocommerce/{storeId} | POST /hooks/v1/events/{storeId}
  POST /api/v1/auth/login | POST /api/v1/auth/refresh | POST /api/v1/auth/logout | GET /api/v1/me
  POST /api/v1/stores | GET /api/v1/stores | GET /api/v1/stores/{id}
  POST /api/v1/stores/{id}/rotate-secret | GET /api/v1/stores/{id}/health
  POST /api/v1/programs | GET /api/v1/programs | GET /api/v1/programs/{id}
  POST /api/v1/programs/{id}/settings | POST /api/v1/programs/{id}/rules
  POST /api/v1/affiliates | GET /api/v1/affiliates | GET /api/v1/affiliates/{id}
  POST /api/v1/affiliates/{id}/approve | POST /api/v1/affiliates/{id}/reject
  POST /api/v1/affiliates/{id}/suspend
  POST /api/v1/affiliates/{id}/api-keys | GET /api/v1/affiliates/{id}/api-keys
  DELETE /api/v1/affiliates/{id}/api-keys/{keyId}
  POST /api/v1/api-keys | GET /api/v1/api-keys | DELETE /api/v1/api-keys/{id}
  GET /api/v1/affiliate/commissions | GET /api/v1/affiliate/commissions/{id}/receipt
  GET /api/v1/affiliate/balances
  POST /api/v1/programs/{programId}/memberships | GET /api/v1/programs/{programId}/memberships
  POST /api/v1/coupons | GET /api/v1/coupons | POST /api/v1/links | GET /api/v1/links
  GET /api/v1/links/{id}/qr.svg | POST /api/v1/rewrites | GET /api/v1/rewrites
  POST /api/v1/direct-links | GET /api/v1/direct-links | POST /api/v1/direct-links/{id}/verify
  GET /api/v1/affiliate/partner-package | POST /api/v1/affiliate/links
  GET /api/v1/orders | GET /api/v1/orders/{id} | GET /api/v1/orders/{id}/versions
  GET /api/v1/orders/{id}/attribution | POST /api/v1/orders/{id}/assign
  GET /api/v1/commissions | GET /api/v1/commissions/{id}/receipt
  GET /api/v1/ledger/entries | GET /api/v1/ledger/balances | GET /api/v1/ledger/trial-balance
  GET /api/v1/ledger/verify
  POST /api/v1/statements | GET /api/v1/statements | GET /api/v1/statements/{id}
  POST /api/v1/conversions | GET /api/v1/conversions/{id} | POST /api/v1/conversions/{id}/confirm
  POST /collect/v1/conversions | GET /collect/v1/c.gif | POST /collect/v1/matches
  GET /live | GET /ready
`
  .split(/[|\n]/)
  .map((name) => name.trim())
  .filter((name) => name !== '');

/** Families of routes that are no JSON for signed-in callers, each with suites of its own. */
const OTHER_FAMILIES = /^\/(hooks|connect|collect|r|d|t|setup|live|ready|snippet\.js|snippet-forms\.js|$)/;

describe('the OpenAPI document of the server', () => {
  let at: TestServer;
  let shop: Shop;
  let document: ApiDocument;
  let routes: ApiRoute[];
  before(async () => {
    at = await startServer();
    shop = await openShop(at);
    document = await readApiDocument(at);
    routes = listRoutes(document);
  });
  after(() => at.stop());

  /** Holds an answer of a route that is tested by itself against the document. */
  function check(name: string, answer: Answer): void {
    const route = routes.find((each) => nameOf(each) === name);
    expect(route, `${name} in the document`).to.not.equal(undefined);
    if (route) expect(createAnswerCheck(document)(route, answer)).to.deep.equal([]);
  }

  it('has every name of the contract', () => {
    expect(routes.map(nameOf)).to.include.members(CONTRACT);
  });

  it('has no route outside of the families that are tested', () => {
    const others = routes.filter(({ path }) => !path.startsWith('/api/v1/') && !OTHER_FAMILIES.test(path));
    expect(others.map(nameOf), 'add a suite for it, and its family to OTHER_FAMILIES').to.deep.equal([]);
  });

  it('is OpenAPI 3.1: a title, a version, and methods with a summary and answers under each path', () => {
    expect(document.openapi).to.match(/^3\.1\.\d+$/);
    expect(document.info).to.include.keys('title', 'version');
    for (const { method, path, operation } of routes) {
      const name = `${method} ${path}`;
      expect(path, name).to.match(/^\//).and.not.include(':');
      expect(method, name).to.be.oneOf(['get', 'post', 'put', 'patch', 'delete']);
      expect(operation.summary, name).to.be.a('string').and.not.equal('');
      expect(Object.keys(operation.responses), name).to.include('default').and.have.length.above(1);
      for (const [status, { description }] of Object.entries(operation.responses)) {
        expect(status, name).to.match(/^([1-5]\d\d|default)$/);
        expect(description, name).to.be.a('string').and.not.equal('');
      }
    }
  });

  it('declares each parameter of a path once, as required, and no other', () => {
    for (const { method, path, operation } of routes) {
      const inPath = (operation.parameters ?? []).filter((each) => each.in === 'path');
      const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      expect(
        inPath.map(({ name }) => name),
        `${method} ${path}`,
      ).to.have.ordered.members(named);
      expect(
        inPath.every(({ required }) => required),
        `${method} ${path}`,
      ).to.equal(true);
    }
  });

  it('refers to nothing that it does not contain', () => {
    const schemas = Object.keys(document.components.schemas);
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)];
    expect(references.length).to.be.greaterThan(50);
    expect(schemas).to.include.members(references.map(([, name]) => name));
    for (const { operation, path } of routes) {
      const schemes = (operation.security ?? []).flatMap((each) => Object.keys(each));
      expect(Object.keys(document.components.securitySchemes), path).to.include.members(schemes);
    }
  });

  it('says of every route what an error looks like, and of every JSON route what it answers', () => {
    for (const route of routes) {
      const { default: refusal, ...successes } = route.operation.responses;
      expect(refusal?.content?.['application/json']?.schema, nameOf(route)).to.deep.equal({
        $ref: '#/components/schemas/Error',
      });
      const [status, success] = Object.entries(successes)[0] ?? [];
      const isJson = listApiRoutes(document).includes(route) && status !== '204';
      if (isJson) expect(success?.content, nameOf(route)).to.have.property('application/json');
    }
  });

  it('lets nobody in without a sign-in but to sign in', () => {
    const open = listApiRoutes(document).filter(({ caller }) => caller === 'anybody');
    const names = ['login', 'refresh', 'logout'].map((name) => `POST /api/v1/auth/${name}`);
    expect(open.map(nameOf)).to.have.members(names);
  });

  it('offers an Idempotency-Key on every write of the API', () => {
    for (const route of listApiRoutes(document).filter(({ method }) => method !== 'get')) {
      const headers = (route.operation.parameters ?? []).filter((each) => each.in === 'header');
      expect(
        headers.map(({ name }) => name),
        nameOf(route),
      ).to.deep.equal(['Idempotency-Key']);
    }
  });

  it('is right about what a hook, the snippet and the operations answer', async () => {
    const rejected = anOrderEvent({ currency: 'euro' });
    check('POST /hooks/v1/events/{storeId}', await shop.sendEvents([anOrderEvent(), rejected]));
    check('POST /hooks/v1/events/{storeId}', await shop.sendRaw('not JSON'));
    check('POST /hooks/v1/shopify', await shop.sendShopify('orders/create', { nonsense: true }));
    check('POST /hooks/v1/shopify', await shop.sendShopify('shop/update', { id: 1 }));
    check('POST /hooks/v1/woocommerce/{storeId}', await shop.sendWooCommerce('product.created', { id: 1 }));
    check('POST /hooks/v1/woocommerce/{storeId}', await shop.sendWooCommerce('order.created', []));
    const { storeKey } = shop.stores.custom;
    const touch = { storeKey, code: 'anna', url: 'https://custom.example/', consent: true };
    check('POST /collect/v1/touches', await call(at, 'POST', '/collect/v1/touches', touch));
    check('POST /collect/v1/touches', await call(at, 'POST', '/collect/v1/touches', { ...touch, code: 'x' }));
    check('GET /live', await call(at, 'GET', '/live'));
    check('GET /ready', await call(at, 'GET', '/ready'));
    check('GET /r/{slug}', await call(at, 'GET', '/r/nobody'));
  });

  it('is right about what each route answers when it cannot read what was sent', async () => {
    const callFor = await callersOf(at, shop);
    for (const route of listApiRoutes(document).filter(({ body }) => body)) {
      const path = route.path.replaceAll(/\{\w+\}/g, 'unknown');
      for (const body of ['{"broken":', '{"somethingElse":1}', '[]', '"text"', 'null']) {
        const answer = await callFor(route, path, body);
        expect(answer.status, `${nameOf(route)} ${body}`).to.equal(400);
        check(nameOf(route), answer);
      }
      const text = await callFor(route, path, 'x', { 'content-type': 'text/plain' });
      expect(text.status, nameOf(route)).to.equal(415);
      check(nameOf(route), text);
    }
  });
});
