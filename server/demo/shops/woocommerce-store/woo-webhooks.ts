import { restError, type FakeAnswer, type FakeRequest, type FakeRoute } from './fake-route.ts';

/** A webhook of a fake shop. WooCommerce never shows the secret; its owner's tests may look. */
export interface FakeWebhook {
  id: number;
  name: string;
  topic: string;
  delivery_url: string;
  status: string;
  secret: string;
}

const LIST = '/wc/v3/webhooks';

/** The webhooks of a fake shop. Set to active again, a disabled one stays one failure from its end, as in WooCommerce. */
export function createFakeWebhooks(): { items: FakeWebhook[]; route: FakeRoute } {
  const items: FakeWebhook[] = [];
  let lastId = 14;

  function create(sent: Partial<FakeWebhook>): FakeAnswer {
    const { name = '', topic = '', delivery_url = '', status = 'active', secret = 'made by the shop' } = sent;
    if (!/^https?:\/\//.test(delivery_url)) {
      return restError(
        400,
        'woocommerce_rest_shop_webhook_invalid_delivery_url',
        'Webhook delivery URL must be valid.',
      );
    }
    const made = { id: (lastId += 1), name, topic, delivery_url, status, secret };
    items.push(made);
    return { status: 201, body: show(made) };
  }

  function list({ query }: FakeRequest): FakeAnswer {
    const size = parseInt(query.get('per_page') ?? '10', 10);
    const page = parseInt(query.get('page') ?? '1', 10);
    const shown = items.slice((page - 1) * size, page * size).map(show);
    const pages = String(Math.ceil(items.length / size));
    return {
      status: 200,
      body: shown,
      headers: { 'x-wp-total': String(items.length), 'x-wp-totalpages': pages },
    };
  }

  function remove({ query }: FakeRequest, id: number): FakeAnswer {
    const index = items.findIndex((each) => each.id === id);
    const [found] = index < 0 ? [] : items.slice(index, index + 1);
    if (!found) return restError(404, 'woocommerce_rest_shop_webhook_invalid_id', 'Invalid ID.');
    if (query.get('force') !== 'true') {
      return restError(501, 'woocommerce_rest_trash_not_supported', 'Webhooks do not support trashing.');
    }
    items.splice(index, 1);
    return { status: 200, body: show(found) };
  }

  return {
    items,
    route(request) {
      const { method, path, body } = request;
      if (path === LIST) return method === 'POST' ? create(body as Partial<FakeWebhook>) : list(request);
      const id = new RegExp(`^${LIST}/(\\d+)$`).exec(path)?.[1];
      return id !== undefined && method === 'DELETE' ? remove(request, parseInt(id, 10)) : undefined;
    },
  };
}

function show({ secret: _hidden, ...shown }: FakeWebhook): Omit<FakeWebhook, 'secret'> {
  return shown;
}
