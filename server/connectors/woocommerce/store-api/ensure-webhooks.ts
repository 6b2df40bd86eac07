import { z } from 'zod';
import { StoreApiProblem, type EnsuredWebhook, type WantedHook } from '../../../shared/store-api.ts';
import type { WooClient } from '../rest/woo-client.ts';

/** What moves money; a refund comes as an update, and restored orders count again (woocommerce.md 2). */
export const TOPICS = ['order.created', 'order.updated', 'order.deleted', 'order.restored'] as const;

const PAGE = 100;
const MOST_PAGES = 20;

const webhook = z.object({
  id: z.int(),
  status: z.string(),
  topic: z.string(),
  delivery_url: z.string(),
});
type Webhook = z.output<typeof webhook>;

/**
 * Leaves the shop with one webhook of ours for each topic. Ours are those that lead to our address for this store;
 * others are never touched. One that WooCommerce has disabled is made anew: set to active it would keep its count of
 * failures and be disabled at the next one. One that somebody has paused stays so.
 */
export async function ensureWebhooks(client: WooClient, hook: WantedHook): Promise<EnsuredWebhook[]> {
  const ours = (await listWebhooks(client)).filter(({ delivery_url }) => delivery_url === hook.url);
  const ensured: EnsuredWebhook[] = [];
  for (const topic of TOPICS) {
    const there = ours.filter((each) => each.topic === topic);
    ensured.push({ topic, done: await ensureTopic(client, { topic, there, hook }) });
  }
  return ensured;
}

async function ensureTopic(
  client: WooClient,
  { topic, there, hook }: { topic: string; there: Webhook[]; hook: WantedHook },
): Promise<EnsuredWebhook['done']> {
  const paused = there.find(({ status }) => status === 'paused');
  if (paused) return 'paused in the shop';
  const active = hook.isNewSecret ? undefined : there.find(({ status }) => status === 'active');
  if (!active) await create(client, topic, hook);
  for (const spare of there)
    if (spare !== active) await client.delete(`webhooks/${spare.id}`, { force: true });
  if (active) return 'kept';
  return there.length > 0 ? 'created again' : 'created';
}

async function create(client: WooClient, topic: string, { url, secret }: WantedHook): Promise<void> {
  const name = `Refledger ${topic}`;
  const { body } = await client.post('webhooks', {
    name,
    topic,
    delivery_url: url,
    secret,
    status: 'active',
  });
  const made = webhook.safeParse(body);
  if (made.success && made.data.status === 'active' && made.data.delivery_url === url) return;
  const help = 'Look at WooCommerce, Settings, Advanced, Webhooks; another plugin may change them.';
  throw new StoreApiProblem('refused', `The shop made another webhook for ${topic} than it was told.`, help);
}

async function listWebhooks(client: WooClient): Promise<Webhook[]> {
  const found: Webhook[] = [];
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const { body, totalPages } = await client.get('webhooks', { per_page: PAGE, page, status: 'all' });
    found.push(...z.array(webhook).parse(body));
    if (page >= (totalPages ?? 1)) break;
  }
  return found;
}
