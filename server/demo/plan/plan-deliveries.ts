import { DAY, HOUR, MINUTE, SECOND } from '../../shared/clock.ts';
import type { PlannedDelivery, PlannedOrder, Stage } from './month-plan.ts';
import type { SeededRandom } from './seeded-random.ts';

/** Of ten deliveries that are sent, one is a repeat and one comes out of order. */
const ONE_IN = 10;
/** A platform that tries again does so for a day at most. */
const LONGEST_DELAY = DAY;

/** Every message about the orders as the network brings it: mostly at once, some late, some twice. */
export function planDeliveries(orders: readonly PlannedOrder[], random: SeededRandom): PlannedDelivery[] {
  const inOrder = orders.map((order) => tellOrder(order, random));
  delaySome(inOrder, random);
  const deliveries = inOrder.flat();
  return [...deliveries, ...repeatSome(deliveries, random)].sort(byArrival);
}

function tellOrder(order: PlannedOrder, random: SeededRandom): PlannedDelivery[] {
  return listMessages(order).map(({ topic, stage, at }, index) => ({
    order,
    stage,
    topic,
    arrivesAt: random.moment(at, (index + 1) * SECOND, (index + 1) * 10 * SECOND),
    sequence: index + 1,
    repeated: false,
    outOfOrder: false,
  }));
}

interface Message {
  topic: string;
  stage: Stage;
  at: Date;
}

function listMessages(order: PlannedOrder): Message[] {
  const { channel } = order.shop;
  const messages: Message[] = [];
  const add = (stage: Stage, at: Date, ...topics: string[]): void => {
    for (const topic of topics) messages.push({ topic, stage, at });
  };
  const isShopify = channel === 'shopify';
  const upsert = channel === 'woocommerce-plugin' ? 'order.upsert' : undefined;
  const updated = upsert ?? (isShopify ? 'orders/updated' : 'order.updated');
  add('placed', order.placedAt, upsert ?? (isShopify ? 'orders/create' : 'order.created'));
  if (order.paidAt) add('paid', order.paidAt, isShopify ? 'orders/paid' : updated);
  const { change } = order;
  if (!change) return messages;
  if (!isShopify || change.kind === 'edit') add('changed', change.at, updated);
  else if (change.kind === 'cancel') add('changed', change.at, 'orders/cancelled');
  else add('changed', change.at, 'refunds/create', updated);
  return messages;
}

/** Lets some messages arrive just after the next one of their order: a payment after its refund. */
function delaySome(inOrder: readonly PlannedDelivery[][], random: SeededRandom): void {
  const first = inOrder.flat().length;
  const wanted = Math.ceil((first + countRepeats(first)) / ONE_IN);
  const pairs = random.shuffle(inOrder).flatMap(pickOvertaking);
  for (const { late, next } of pairs.slice(0, wanted)) {
    late.arrivesAt = random.moment(next.arrivesAt, 30 * SECOND, 20 * MINUTE);
    late.outOfOrder = true;
  }
}

/** The last message of an order that the one after it can overtake; one an order. */
function pickOvertaking(messages: PlannedDelivery[]): { late: PlannedDelivery; next: PlannedDelivery }[] {
  for (const [index, next] of [...messages.entries()].reverse()) {
    const late = messages[index - 1];
    const isNewer = late && late.stage !== next.stage;
    if (isNewer && next.arrivesAt.getTime() - late.arrivesAt.getTime() < LONGEST_DELAY) {
      return [{ late, next }];
    }
  }
  return [];
}

function repeatSome(deliveries: readonly PlannedDelivery[], random: SeededRandom): PlannedDelivery[] {
  return random
    .shuffle(deliveries)
    .slice(0, countRepeats(deliveries.length))
    .map((delivery) => {
      const arrivesAt = random.moment(delivery.arrivesAt, MINUTE, 4 * HOUR);
      return { ...delivery, arrivesAt, repeated: true, outOfOrder: false };
    });
}

const countRepeats = (first: number): number => Math.ceil(first / (ONE_IN - 1));

const byArrival = (a: PlannedDelivery, b: PlannedDelivery): number =>
  a.arrivesAt.getTime() - b.arrivesAt.getTime() || a.order.number - b.order.number || a.sequence - b.sequence;
