import type { PlannedAffiliate, PlannedShop } from './month-plan.ts';

/** Who sends buyers. */
export const AFFILIATES: readonly PlannedAffiliate[] = [
  'Anna Lindqvist',
  'Bruno Costa',
  'Chiara Rossi',
  'Daan Visser',
  'Emi Tanaka',
  'Farid Haddad',
  'Greta Novak',
  'Hiro Sato',
  'Ines Moreau',
  'Jonas Weber',
  'Khalid Nasser',
  'Lena Hofer',
].map((name) => {
  const [first = '', last = ''] = name.toLowerCase().split(' ');
  return { name, email: `${first}@${last}.example`, code: first, couponCode: `${first.toUpperCase()}10` };
});

/** A code that gives the shop's own discount; it belongs to no affiliate. */
export const SHOP_COUPON = { code: 'AUTUMN5', owner: null, discountPpm: 50_000 };

/** What an affiliate's coupon takes off. */
export const AFFILIATE_DISCOUNT_PPM = 100_000;

/**
 * Five shops in three currencies. A core webhook of WooCommerce does not tell which lines were refunded, so
 * the shop that has no plugin gets no refunds here.
 */
export const SHOPS: readonly PlannedShop[] = [
  {
    name: 'Nordlicht Tea',
    channel: 'shopify',
    domain: 'nordlicht-tea.myshopify.com',
    currency: 'EUR',
    taxPpm: 190_000,
    taxIncluded: false,
    shippingPrice: 490n,
    goods: [
      { productId: 8101, title: 'Assam, 250 g', price: 1_890n },
      { productId: 8102, title: 'Sencha, 100 g', price: 1_249n },
      { productId: 8103, title: 'Teapot, cast iron', price: 6_495n },
      { productId: 8104, title: 'Tea strainer', price: 799n },
    ],
    weight: 90,
    firstOrderNumber: 1001,
  },
  {
    name: 'Kumo Stationery',
    channel: 'shopify',
    domain: 'kumo-stationery.myshopify.com',
    currency: 'JPY',
    taxPpm: 100_000,
    taxIncluded: true,
    shippingPrice: 600n,
    goods: [
      { productId: 8201, title: 'Fountain pen', price: 8_800n },
      { productId: 8202, title: 'Ink, 50 ml', price: 1_505n },
      { productId: 8203, title: 'Notebook, A5', price: 1_980n },
    ],
    weight: 50,
    firstOrderNumber: 2001,
  },
  {
    name: 'Casa Oliva',
    channel: 'woocommerce-plugin',
    domain: 'casa-oliva.example',
    currency: 'EUR',
    taxPpm: 210_000,
    taxIncluded: false,
    shippingPrice: 595n,
    goods: [
      { productId: 31, title: 'Olive oil, 5 l', price: 5_275n },
      { productId: 32, title: 'Olives, 1 kg', price: 1_119n },
      { productId: 33, title: 'Soap, olive', price: 433n },
      { productId: 34, title: 'Gift box', price: 3_999n },
    ],
    weight: 80,
    firstOrderNumber: 3001,
  },
  {
    name: 'Dar Perfumes',
    channel: 'woocommerce-plugin',
    domain: 'dar-perfumes.example',
    currency: 'KWD',
    taxPpm: 0,
    taxIncluded: false,
    shippingPrice: 1_500n,
    goods: [
      { productId: 51, title: 'Oud oil, 3 ml', price: 18_750n },
      { productId: 52, title: 'Rose water', price: 3_335n },
      { productId: 53, title: 'Incense', price: 4_125n },
    ],
    weight: 60,
    firstOrderNumber: 4001,
  },
  {
    name: 'Velo Werk',
    channel: 'woocommerce-webhooks',
    domain: 'velo-werk.example',
    currency: 'EUR',
    taxPpm: 200_000,
    taxIncluded: false,
    shippingPrice: 690n,
    goods: [
      { productId: 71, title: 'Bicycle bell', price: 1_450n },
      { productId: 72, title: 'Pannier', price: 8_990n },
      { productId: 73, title: 'Inner tube', price: 625n },
    ],
    weight: 40,
    firstOrderNumber: 5001,
  },
];
