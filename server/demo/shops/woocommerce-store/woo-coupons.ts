import { restError, type FakeAnswer, type FakeRequest, type FakeRoute } from './fake-route.ts';

/** A coupon as WooCommerce answers it, as far as the product looks at it. */
export interface FakeCoupon {
  id: number;
  code: string;
  amount: string;
  status: string;
  discount_type: string;
  minimum_amount: string;
  usage_limit: number | null;
  usage_limit_per_user: number | null;
  date_expires: string | null;
  date_expires_gmt: string | null;
  meta_data: { id: number; key: string; value: unknown }[];
}

type Sent = Record<string, unknown>;

const LIST = '/wc/v3/coupons';
const BATCH = `${LIST}/batch`;
const LARGEST_BATCH = 100;

/** The coupons of a fake shop. `items` is what its owner sees and may change by hand. */
export interface FakeCoupons {
  items: FakeCoupon[];
  route: FakeRoute;
}

/** Coupons with WooCommerce's habits: codes in lower case, unreadable amounts as 0.00, two decimals, a trash. */
export function createFakeCoupons({ currency = 'EUR' } = {}): FakeCoupons {
  const items: FakeCoupon[] = [];
  let lastId = 70;

  const isTaken = (code: string, id: number): boolean =>
    items.some((each) => each.code === code && each.id !== id && each.status === 'publish');

  function write(coupon: FakeCoupon, sent: Sent): FakeAnswer {
    const code = typeof sent['code'] === 'string' ? sent['code'].trim().toLowerCase() : coupon.code;
    if (isTaken(code, coupon.id)) {
      return restError(400, 'woocommerce_rest_coupon_code_already_exists', 'The coupon code already exists');
    }
    const type = readText(sent['discount_type']) ?? coupon.discount_type;
    const amount = readDecimal(sent['amount']) ?? coupon.amount;
    if (type === 'percent' && parseFloat(amount) > 100) {
      return restError(400, 'coupon_invalid_amount', 'Invalid discount amount.');
    }
    Object.assign(coupon, { code, amount, discount_type: type }, readLimits(sent, coupon));
    for (const { key, value } of (sent['meta_data'] ?? []) as { key: string; value: unknown }[]) {
      coupon.meta_data = [...coupon.meta_data.filter((each) => each.key !== key), { id: 1, key, value }];
    }
    if (!items.includes(coupon)) items.push(coupon);
    return { status: 200, body: coupon };
  }

  function create(sent: Sent): FakeAnswer {
    const made = write({ ...EMPTY, id: lastId + 1 }, sent);
    if (made.status === 200) lastId += 1;
    return made;
  }

  function update(id: number, sent: Sent): FakeAnswer {
    const coupon = items.find((each) => each.id === id);
    return coupon
      ? write(coupon, sent)
      : restError(400, 'woocommerce_rest_shop_coupon_invalid_id', 'Invalid ID.');
  }

  function answerBatch(body: unknown): FakeAnswer {
    const { create: news = [], update: changes = [] } = (body ?? {}) as { create?: Sent[]; update?: Sent[] };
    if (news.length + changes.length > LARGEST_BATCH) {
      return restError(
        413,
        'woocommerce_rest_request_entity_too_large',
        'Unable to accept more than 100 items.',
      );
    }
    const done = {
      ...(news.length > 0 && { create: news.map((sent) => asItem(0, create(sent))) }),
      ...(changes.length > 0 && {
        update: changes.map((sent) => asItem(sent['id'], update(sent['id'] as number, sent))),
      }),
    };
    return { status: 200, body: Object.keys(done).length === 0 ? [] : done };
  }

  function list({ query }: FakeRequest): FakeAnswer {
    const statuses = query.get('status') === 'any' ? ['publish', 'draft'] : ['publish'];
    const ids = query.get('include')?.split(',');
    const code = query.get('code')?.toLowerCase();
    const found = items.filter(
      (each) =>
        statuses.includes(each.status) &&
        (ids === undefined || ids.includes(String(each.id))) &&
        (code === undefined || each.code === code),
    );
    return { status: 200, body: found };
  }

  function answerOne({ method, query }: FakeRequest, id: number): FakeAnswer {
    const coupon = items.find((each) => each.id === id);
    if (!coupon) return restError(404, 'woocommerce_rest_shop_coupon_invalid_id', 'Invalid ID.');
    if (method !== 'DELETE') return { status: 200, body: coupon };
    if (query.get('force') === 'true') items.splice(items.indexOf(coupon), 1);
    else coupon.status = 'trash';
    return { status: 200, body: coupon };
  }

  return {
    items,
    route(request) {
      const { method, path, body } = request;
      if (path === '/wc/v3/data/currencies/current') return { status: 200, body: { code: currency } };
      if (path === BATCH && method === 'POST') return answerBatch(body);
      if (path === LIST && method === 'GET') return list(request);
      const id = new RegExp(`^${LIST}/(\\d+)$`).exec(path)?.[1];
      return id === undefined ? undefined : answerOne(request, parseInt(id, 10));
    },
  };
}

const EMPTY: Omit<FakeCoupon, 'id'> = {
  code: '',
  amount: '0.00',
  status: 'publish',
  discount_type: 'fixed_cart',
  minimum_amount: '0.00',
  usage_limit: null,
  usage_limit_per_user: null,
  date_expires: null,
  date_expires_gmt: null,
  meta_data: [],
};

function readLimits(sent: Sent, before: FakeCoupon): Partial<FakeCoupon> {
  const limit = (name: 'usage_limit' | 'usage_limit_per_user'): number | null =>
    typeof sent[name] === 'number' ? sent[name] || null : before[name];
  const expires = readText(sent['date_expires']);
  const end = expires === undefined ? before.date_expires_gmt : expires.replace(/Z$/, '') || null;
  return {
    status: readText(sent['status']) ?? before.status,
    minimum_amount: readDecimal(sent['minimum_amount']) ?? before.minimum_amount,
    usage_limit: limit('usage_limit'),
    usage_limit_per_user: limit('usage_limit_per_user'),
    date_expires: end,
    date_expires_gmt: end,
  };
}

const readText = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** "abc" is 0.00, without a word. */
function readDecimal(value: unknown): string | undefined {
  const text = readText(value);
  if (text === undefined) return undefined;
  return (/^\d+(\.\d+)?$/.test(text) ? parseFloat(text) : 0).toFixed(2);
}

function asItem(id: unknown, { status, body }: FakeAnswer): unknown {
  return status === 200 ? body : { id, error: body };
}
