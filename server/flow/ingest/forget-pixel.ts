import type { Order } from './order.model.ts';

/**
 * An order without what only a page has told of it, for whoever knows better: T, evidence, state and amounts begin
 * anew, the versions stay. Anybody can call a pixel, and guess the number of the next order; what the merchant has
 * confirmed is the merchant's word and stays.
 */
export function forgetPixel(order: Order): Order {
  if (order.newest?.position.channel !== 'pixel' || order.confirmation) return order;
  return { ...order, newest: null, payment: null, placedAt: null, evidence: [] };
}
