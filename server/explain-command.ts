import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import * as shopify from './connectors/shopify/index.ts';
import * as woocommerce from './connectors/woocommerce/index.ts';
import { explainOrder, type ExplainedDelivery, type Explanation } from './explain-order.ts';
import { recogniseRecordings, type RecordedPlatform, type Recording } from './recognise-recording.ts';
import type { Delivery } from './shared/delivery.ts';
import { DomainError } from './shared/errors.ts';
import { nameDelivery } from './shared/name-delivery.ts';
import { formatRate, PPM } from './shared/rates.ts';

const USAGE =
  'refledger explain --platform shopify|woocommerce --rate <ppm> [--json] order.json [more.json ...]';
const REFUSED = 2;

/** A request that cannot be answered, with what to do instead. */
class Refusal extends Error {}

interface SourcedRecording extends Recording {
  source: string;
  /** In a list there may be more than what was asked for. */
  inList: boolean;
}

interface Output {
  out: (text: string) => void;
  err: (text: string) => void;
}

/**
 * `refledger explain`: what an order earns at a rate, from the bodies that its store sent, with no database.
 * @returns the exit code: 0, or 2 with a message when the arguments or a file cannot be used
 */
export function runExplainCommand(args: string[], { out, err }: Output, now: Date): number {
  try {
    const { platform, ratePpm, json, files } = readArguments(args);
    const recordings = files.flatMap((file) => readFile(platform, file));
    const explanation = explainOrder(translateAll(platform, recordings, now), ratePpm, now);
    if (!explanation) throw new Refusal(`${files.join(', ')}: no order in it, only a draft of one.`);
    out(json ? writeJson(explanation) : writeWords(explanation, ratePpm));
    return 0;
  } catch (error) {
    if (!isExpected(error)) throw error;
    err(`${error.message}\n`);
    return REFUSED;
  }
}

function isExpected(error: unknown): error is Error {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return error instanceof Refusal || code.startsWith('ERR_PARSE_ARGS');
}

function readArguments(args: string[]) {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { platform: { type: 'string' }, rate: { type: 'string' }, json: { type: 'boolean' } },
  });
  const { platform, rate, json = false } = values;
  if (platform !== 'shopify' && platform !== 'woocommerce') {
    throw new Refusal(`--platform is shopify or woocommerce. Usage: ${USAGE}`);
  }
  if (rate === undefined || !/^\d{1,7}$/.test(rate) || parseInt(rate, 10) > PPM) {
    throw new Refusal(
      '--rate is a whole number of parts per million, 0 to 1000000: --rate 125000 is 12.5 %.',
    );
  }
  if (positionals.length === 0) throw new Refusal(`Name the file of an order. Usage: ${USAGE}`);
  return { platform, ratePpm: parseInt(rate, 10), json, files: positionals } as const;
}

function readFile(platform: RecordedPlatform, file: string): SourcedRecording[] {
  const content = parseFile(platform, file);
  const recordings = recogniseRecordings(platform, content);
  if (recordings) {
    return recordings.map((each) => ({ ...each, source: file, inList: recordings.length > 1 }));
  }
  const other = platform === 'shopify' ? 'woocommerce' : 'shopify';
  const hint = recogniseRecordings(other, content)
    ? `It looks like one of ${other}: try --platform ${other}.`
    : 'Give the body of an order or a refund as webhooks or the REST API have it.';
  throw new Refusal(`${file}: not an order or a refund of ${platform}. ${hint}`);
}

function parseFile(platform: RecordedPlatform, file: string): unknown {
  const bytes = readBytes(file);
  try {
    return platform === 'shopify' ? shopify.parseBody(bytes) : woocommerce.parseBody(bytes);
  } catch (error) {
    if (error instanceof DomainError) throw new Refusal(`${file}: not JSON in UTF-8.`);
    throw error;
  }
}

function readBytes(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new Refusal(`${file}: cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'}).`);
  }
}

/** Orders first tell what refunds do not: whose they are, and in which currency. */
function translateAll(
  platform: RecordedPlatform,
  recordings: readonly SourcedRecording[],
  now: Date,
): ExplainedDelivery[] {
  const orderId = findOrderOrRefuse(recordings);
  const own = recordings.filter((recording) => isOfOrder(recording, orderId));
  const orders = own.filter(({ isOrder }) => isOrder).map((recording) => translate(platform, recording, ''));
  const currency = findCurrencyOrRefuse(orders);
  return own.map((recording) => {
    if (!recording.isOrder) refuseOtherCurrency(recording, currency);
    const { source, body } = recording;
    const { delivery } = translate(platform, recording, currency);
    const key = nameDelivery(delivery, Buffer.from(JSON.stringify(body)), now);
    return { source, key, delivery };
  });
}

function findOrderOrRefuse(recordings: readonly SourcedRecording[]): string {
  const [first, ...more] = recordings.filter(({ isOrder }) => isOrder);
  if (!first || first.orderId === null) {
    throw new Refusal(`${recordings[0]?.source}: no order among the files. Give the order as well.`);
  }
  const other = more.find(({ orderId }) => orderId !== first.orderId);
  if (!other) return first.orderId;
  throw new Refusal(
    `One order at a time: ${first.source} is of order ${first.orderId}, ${other.source} of order ${other.orderId}.`,
  );
}

/** A list of refunds may hold those of other orders; a file of its own is meant for this one. */
function isOfOrder({ source, orderId, inList }: SourcedRecording, wanted: string): boolean {
  if (orderId === null || orderId === wanted) return true;
  if (inList) return false;
  throw new Refusal(`${source}: belongs to order ${orderId}, not to order ${wanted}.`);
}

function translate(
  platform: RecordedPlatform,
  { source, topic, body, orderId, isOrder }: SourcedRecording,
  currency: string,
): { source: string; delivery: Delivery } {
  try {
    const delivery = readDelivery(platform, topic, body, { externalId: orderId ?? '', currency });
    if (!isOrder || delivery.kind !== 'read-request') return { source, delivery };
    throw new Refusal(
      `${source}: ${delivery.reason}. Read the order with the decimals of its currency (dp).`,
    );
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const issues = error.issues.map(({ path, message }) => `${path} ${message}`).join('; ');
    throw new Refusal(`${source}: ${error.message} ${issues}`);
  }
}

function readDelivery(
  platform: RecordedPlatform,
  topic: string,
  body: unknown,
  order: { externalId: string; currency: string },
): Delivery {
  if (platform === 'shopify') return shopify.translateDelivery(topic, body);
  if (topic === 'refund') return woocommerce.translateLoneRefund(body, order);
  return woocommerce.translateDelivery(topic, body);
}

function findCurrencyOrRefuse(orders: readonly { source: string; delivery: Delivery }[]): string {
  const known = orders.flatMap(({ source, delivery }) =>
    delivery.kind === 'order' ? [{ source, currency: delivery.snapshot.currency }] : [],
  );
  const [first, ...more] = known;
  const other = more.find(({ currency }) => currency !== first?.currency);
  if (first && other) {
    throw new Refusal(
      `The currency changes: ${first.source} is in ${first.currency}, ${other.source} in ${other.currency}.`,
    );
  }
  return first?.currency ?? '';
}

/** A refund of Shopify does not name its currency, but its amounts do. */
function refuseOtherCurrency({ source, body }: SourcedRecording, currency: string): void {
  const told = /"shop_money":\{[^}]*"currency_code":"(\w+)"/.exec(JSON.stringify(body))?.[1];
  if (told === undefined || told === currency) return;
  throw new Refusal(`The currency changes: the order is in ${currency}, ${source} in ${told}.`);
}

function writeWords({ words }: Explanation, ratePpm: number): string {
  return [`At ${formatRate(ratePpm)} of the net base:`, ...words].map((line) => `${line}\n`).join('');
}

/** Minor units as JSON integers; what no order reaches (2^53) would be refused before. */
function writeJson({ snapshot, version, target, notes, needsRead }: Explanation): string {
  const earns = target.nothingBecause === null;
  const document = {
    order: snapshot.externalId,
    version,
    currency: snapshot.currency,
    lines: target.lines.map(({ lineId, title, base, commission }) => ({
      id: lineId,
      title,
      base: Number(base),
      commission: earns ? Number(commission) : 0,
    })),
    base: Number(target.base),
    commission: Number(target.target),
    nothingBecause: target.nothingBecause,
    needsRead,
    notes,
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}
