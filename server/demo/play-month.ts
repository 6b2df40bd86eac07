import type { DemoClock } from './demo-clock.ts';
import { cutIntoSteps } from './plan/cut-into-steps.ts';
import type { MonthPlan, PlannedClick } from './plan/month-plan.ts';
import type { ConnectedShop } from './shops/connected-shop.ts';
import { postClick } from './shops/post-click.ts';
import { sendDeliveries, type Delivered } from './shops/send-deliveries.ts';

export interface Stage {
  serverUrl: string;
  clock: DemoClock;
  shops: readonly ConnectedShop[];
  /** Resolves when the server has nothing left to do. */
  idle(): Promise<void>;
  /** Told after each step. */
  onStep?(moment: Date, delivered: readonly Delivered[]): void;
}

/**
 * Plays a month: buyers click, shops send, the clock moves along. The server finishes its work between two
 * steps, so that a run does not depend on how fast it is.
 */
export async function playMonth(plan: MonthPlan, stage: Stage): Promise<Delivered[]> {
  const { serverUrl, clock, shops } = stage;
  const touchIds = new Map<string, string>();
  const touchIdOf = ({ key }: PlannedClick): string => {
    const id = touchIds.get(key);
    if (id === undefined) throw new Error(`The click ${key} comes after its order.`);
    return id;
  };
  const delivered: Delivered[] = [];
  for (const step of cutIntoSteps(plan)) {
    for (const click of step.clicks) {
      clock.moveTo(click.at);
      touchIds.set(click.key, await postClick(serverUrl, click, storeKeyOf(click, shops)));
    }
    clock.moveTo(step.end);
    const context = { serverUrl, shops, touchIdOf, now: clock.now() };
    delivered.push(...(await sendDeliveries(step.deliveries, context)));
    await stage.idle();
    stage.onStep?.(step.end, delivered);
  }
  return delivered;
}

function storeKeyOf(click: PlannedClick, shops: readonly ConnectedShop[]): string {
  const found = shops.find(({ shop }) => shop === click.shop);
  if (!found) throw new Error(`The shop ${click.shop.name} was not connected.`);
  return found.storeKey;
}
