import type { Shop } from '../../support/a-shop.ts';

/** Every decision on an order that the shop knows by its own id, as the API tells them; the last one holds. */
export async function readDecisions(shop: Shop, externalId: string): Promise<any[]> {
  const { body } = await shop.api('GET', `/api/v1/orders/${await orderIdOf(shop, externalId)}/attribution`);
  return body.items;
}

export async function orderIdOf(shop: Shop, externalId: string): Promise<string> {
  const { body } = await shop.api('GET', '/api/v1/orders?limit=200');
  return body.items.find((order: any) => order.externalId === externalId).id;
}

/** Adds a version of the programme's settings that holds from now on. */
export async function changeSettings(shop: Shop, settings: object): Promise<void> {
  const answer = await shop.api('POST', `/api/v1/programs/${shop.programId}/settings`, { settings });
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
}
