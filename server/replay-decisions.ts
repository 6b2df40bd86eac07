import {
  canReplay,
  decideAgain,
  replayDecision,
  type Attribution,
  type ReplayOptions,
} from './flow/attribution/index.ts';
import { describeCreditedSale, replayCommission } from './flow/commissions/index.ts';
import { versionAt } from './shared/history.ts';
import type { ProgramSettingsVersion } from './shared/program-settings.ts';
import { openParts } from './compose.ts';
import type { Config } from './config.ts';
import type { Parts } from './wire-parts.ts';

type Say = (line: string) => void;

export interface ReplayRequest {
  /** `<programme>=<version>`, by id or name: decide under these settings, and tell what would change. */
  settings: string[];
  json: boolean;
  /** The code to decide with; the engine's own when left out. */
  decide?: ReplayOptions['decide'];
}

/** What a replay found about one order. */
interface OrderReplay {
  orderId: string;
  /** As people call the order. */
  number: string;
  decision: number;
  differences: string[];
}

/** Compares something that is stored about an order with what comes out today, in words for each difference. */
type Comparison = (attribution: Attribution, parts: Parts) => string[] | Promise<string[]>;

/**
 * `refledger replay`: decides every stored order again from what its last decision embeds, computes what it should
 * have earned again from its stored versions and rules, and prints what differs (S3, S6).
 * @returns 1 when an unchanged run shows a difference; a run under other settings is a question, not a check.
 * @throws Error that says what to do, for settings that do not exist.
 */
export async function replayDecisions(config: Config, request: ReplayRequest, say: Say): Promise<number> {
  const { parts, close } = await openParts(config);
  try {
    const { attributions } = parts.attribution;
    const settings = await readSettings(request.settings, await attributions.merchantIds(), parts);
    const { decide } = request;
    const isWhatIf = request.settings.length > 0;
    const options = { decide, settings: isWhatIf ? settings : undefined };
    const comparisons = [compareDecision(options), compareCommission(options)];
    const found = await replayAll(parts, comparisons);
    report(found, request, say);
    return found.changed.length === 0 || isWhatIf ? 0 : 1;
  } finally {
    await close();
  }
}

/** The last decision against the one that the code makes of its input. */
function compareDecision(options: ReplayOptions): Comparison {
  return ({ decisions }) => {
    const last = decisions.at(-1);
    return last ? replayDecision(last, options) : [];
  };
}

/** What was posted against what the formula gives under the decision that the code makes (S6). */
function compareCommission(options: ReplayOptions): Comparison {
  return async ({ merchantId, _id: orderId, decisions }, { ingest, commissions, programs }) => {
    const last = decisions.at(-1);
    const order = await ingest.orders.byId(merchantId, orderId);
    const commission = await commissions.commissions.byOrder(merchantId, orderId);
    if (!last || !order || !commission) return [];
    const decision = { ...last, ...decideAgain(last, options) };
    const { winner, input } = decision;
    const program = winner && (await programs.programById(merchantId, winner.programId));
    const rules = program && versionAt(program.ruleVersions, input.placedAt);
    return replayCommission(order, describeCreditedSale(decision, rules ?? null), commission);
  };
}

interface Replayed {
  orders: number;
  /** Orders whose decision an earlier engine made, which has read less. */
  notCompared: number;
  changed: OrderReplay[];
}

async function replayAll(parts: Parts, comparisons: Comparison[]): Promise<Replayed> {
  const { attributions } = parts.attribution;
  const found: Replayed = { orders: 0, notCompared: 0, changed: [] };
  for (const merchantId of await attributions.merchantIds()) {
    for await (const attribution of attributions.all(merchantId)) {
      const last = attribution.decisions.at(-1);
      if (!last) continue;
      found.orders += 1;
      if (!canReplay(last)) {
        found.notCompared += 1;
        continue;
      }
      const differences: string[] = [];
      for (const compare of comparisons) differences.push(...(await compare(attribution, parts)));
      if (differences.length === 0) continue;
      const { _id: orderId } = attribution;
      const order = await parts.ingest.orders.byId(merchantId, orderId);
      const number = order?.newest?.snapshot.number ?? orderId;
      found.changed.push({ orderId, number, decision: last.number, differences });
    }
  }
  return found;
}

/** The settings that are asked for, by programme id. */
async function readSettings(
  wished: readonly string[],
  merchantIds: readonly string[],
  { programs }: Parts,
): Promise<Record<string, ProgramSettingsVersion>> {
  const all = (await Promise.all(merchantIds.map((id) => programs.programsOf(id)))).flat();
  const settings: Record<string, ProgramSettingsVersion> = {};
  for (const wish of wished) {
    const [, name, version] = /^(.+)=(\d+)$/.exec(wish) ?? [];
    if (name === undefined) throw new Error(`"${wish}" is no settings version; write <programme>=<version>.`);
    const matching = all.filter((program) => program.id === name || program.name === name);
    if (matching.length === 0) throw new Error(`There is no programme "${name}"; use its id or its name.`);
    for (const { id, settingsVersions } of matching) {
      const found = settingsVersions.find((each) => String(each.version) === version);
      if (!found) {
        throw new Error(`The programme "${name}" has settings versions 1 to ${settingsVersions.length}.`);
      }
      settings[id] = found;
    }
  }
  return settings;
}

function report(
  { orders, notCompared, changed }: Replayed,
  { settings, json }: ReplayRequest,
  say: Say,
): void {
  if (json) {
    say(JSON.stringify({ orders, notCompared, different: changed.length, settings, changed }, null, 2));
    return;
  }
  for (const { number, decision, differences } of changed) {
    say(`Order ${number}, decision ${decision}:`);
    for (const difference of differences) say(`  ${difference}`);
  }
  if (notCompared > 0) say(`${notCompared} orders were decided by an earlier engine and are not compared.`);
  const outcome = settings.length > 0 ? 'would change' : 'differ';
  say(`${orders - notCompared} orders decided again, ${changed.length} ${outcome}.`);
}
