import { canonicalJson } from '../../../shared/hash.ts';
import { formatRate } from '../../../shared/rates.ts';
import {
  FIRST_COMPLETE_ENGINE,
  type ConsideredTouch,
  type DecidingSettings,
  type Decision,
  type DecisionInput,
} from './decision.ts';
import { pickWinningTouch } from './pick-winning-touch.ts';

/** How to decide again. */
export interface ReplayOptions {
  /** The code to decide with; the engine's own when left out. */
  decide?: ((input: DecisionInput) => Decision) | undefined;
  /** Settings to take in the place of those that held at T, by programme id. */
  settings?: Readonly<Record<string, DecidingSettings>> | undefined;
}

/** Whether a decision embeds all that this engine reads. */
export function canReplay({ engineVersion }: Pick<Decision, 'engineVersion'>): boolean {
  return engineVersion >= FIRST_COMPLETE_ENGINE;
}

/**
 * Decides again from what a stored decision embeds, and nothing else (S3).
 * @returns every difference in words; none when it is the same, byte for byte. Under other settings the outcome
 * is compared, because the bytes contain the settings.
 */
export function replayDecision(stored: Decision, options: ReplayOptions = {}): string[] {
  const { settings } = options;
  const replayed = decideAgain(stored, options);
  const differences = describeDifferences(stored, replayed);
  const isWhatIf = settings !== undefined || replayed.engineVersion !== stored.engineVersion;
  if (differences.length > 0 || isWhatIf || canonicalJson(bare(stored)) === canonicalJson(replayed)) {
    return differences;
  }
  return ['the same outcome is written down in other words or another order'];
}

/** The decision that the code makes today of what a stored one embeds. */
export function decideAgain(
  { input }: Pick<Decision, 'input'>,
  { decide = pickWinningTouch, settings }: ReplayOptions = {},
): Decision {
  return decide(settings ? withSettings(input, settings) : input);
}

/** Only programmes that the order has to do with. */
function withSettings(input: DecisionInput, wished: NonNullable<ReplayOptions['settings']>): DecisionInput {
  const settings = Object.entries(input.settings).map(
    ([id, version]) => [id, wished[id] ?? version] as const,
  );
  return { ...input, settings: Object.fromEntries(settings) };
}

/** A stored decision without what its document adds: number and time. */
function bare(stored: Decision): Decision {
  const { engineVersion, input, winner, shares, losers, hold, newCustomer } = stored;
  return { engineVersion, input, winner, shares, losers, hold, newCustomer };
}

function describeDifferences(before: Decision, after: Decision): string[] {
  return [
    ...compare('the winner is', nameTouch(before.winner), nameTouch(after.winner)),
    ...compare('the commission goes to', nameShares(before), nameShares(after)),
    ...describeReasons(before, after),
    ...compare('the hold is', before.hold ?? 'none', after.hold ?? 'none'),
    ...compare('the buyer is', nameCustomer(before), nameCustomer(after)),
  ];
}

function describeReasons(before: Decision, after: Decision): string[] {
  const [was, is] = [reasonsOf(before), reasonsOf(after)];
  return before.input.touches.flatMap((touch) =>
    compare(
      `${nameTouch(touch)} lost because`,
      was.get(touch.id) ?? 'it did not',
      is.get(touch.id) ?? 'it did not',
    ),
  );
}

const reasonsOf = ({ losers }: Decision): Map<string, string> =>
  new Map(losers.map(({ touchId, reason, forMerchant }) => [touchId, forMerchant ?? reason]));

const compare = (what: string, before: string, after: string): string[] =>
  before === after ? [] : [`${what} ${after}, stored: ${before}`];

const nameTouch = (touch: ConsideredTouch | null): string =>
  touch ? `the ${touch.class} touch of ${touch.affiliateName} (${touch.carrier})` : 'nobody';

const nameShares = ({ shares }: Decision): string =>
  shares.map(({ affiliateName, sharePpm }) => `${affiliateName} ${formatRate(sharePpm)}`).join(', ') ||
  'nobody';

const nameCustomer = ({ newCustomer: { isNew, because } }: Decision): string =>
  `${isNew ? 'new' : 'not new'} (${because})`;
