import { expect } from 'chai';
import request from 'supertest';
import { shopifyRouteDescriptions } from '../../server/connectors/shopify/index.ts';
import { wooCommerceRouteDescriptions } from '../../server/connectors/woocommerce/index.ts';
import { setupDescriptions } from '../../server/web/setup.routes.ts';
import { anApp } from '../platform/http/an-app.ts';

describe("the API's document", () => {
  const descriptions = [...shopifyRouteDescriptions, ...wooCommerceRouteDescriptions, ...setupDescriptions];
  const pathsOf = async () =>
    (await request(anApp({ descriptions }).app).get('/api/v1/openapi.json')).body.paths;

  it("tells the body and the signature of the platforms' webhooks", async () => {
    const paths = await pathsOf();
    const hooks = {
      '/hooks/v1/shopify': 'X-Shopify-Hmac-Sha256',
      '/hooks/v1/woocommerce/{storeId}': 'X-WC-Webhook-Signature',
    };
    for (const [path, header] of Object.entries(hooks)) {
      const { requestBody, parameters } = paths[path].post;
      expect(requestBody.content['application/json'].schema.type, path).to.equal('object');
      expect(parameters).to.deep.include({
        schema: { type: 'string' },
        required: true,
        name: header,
        in: 'header',
      });
    }
  });

  it('says that the setup page is refused in HTML', async () => {
    const page = (await pathsOf())['/setup/{token}'];
    for (const method of ['get', 'post']) {
      expect(page[method].responses.default.content, method).to.include.keys('text/html');
    }
  });
});
