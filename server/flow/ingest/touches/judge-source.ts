import type { BlockedSources } from '../../../shared/program-settings.ts';

/** Where a visit came from, as the browser tells it. */
export interface VisitSource {
  /** Host, with or without a port; null where no referrer was told. */
  referrerHost: string | null;
  /** The whole address on which the visitor landed, with its parameters. */
  landingUrl: string | null;
}

/** What the programme does about a source, and why, in words. */
export interface SourceVerdict {
  action: 'refuse' | 'flag';
  reason: string;
}

/**
 * What a programme's settings say of the source of a visit (S3): refused, its touch never earns; flagged, it earns,
 * and the merchant reads why. Undefined when it is like any other. Where two rules hit, refusal counts.
 */
export function judgeSource(source: VisitSource, blocked: BlockedSources): SourceVerdict | undefined {
  const verdicts = [judgeReferrer(source, blocked), judgeAd(source, blocked)].filter(
    (verdict) => verdict !== undefined,
  );
  const action = verdicts.some((verdict) => verdict.action === 'refuse') ? 'refuse' : 'flag';
  const reasons = verdicts.filter((verdict) => verdict.action === action).map(({ reason }) => reason);
  return reasons.length === 0 ? undefined : { action, reason: reasons.join('; ') };
}

function judgeReferrer(
  { referrerHost }: VisitSource,
  { referrerHosts, onReferrer }: BlockedSources,
): SourceVerdict | undefined {
  if (referrerHost === null) return undefined;
  const host = referrerHost.toLowerCase().replace(/:\d+$/, '').replace(/\.$/, '');
  const found = referrerHosts.find((blocked) => host === blocked || host.endsWith(`.${blocked}`));
  if (found === undefined) return undefined;
  const does = onReferrer === 'refuse' ? 'blocks' : 'flags';
  return { action: onReferrer, reason: `came from ${found}, which the programme ${does}` };
}

function judgeAd(
  { landingUrl }: VisitSource,
  { paidAds, adParameters }: BlockedSources,
): SourceVerdict | undefined {
  const parameters = landingUrl === null ? undefined : URL.parse(landingUrl)?.searchParams;
  if (paidAds === 'allow' || !parameters) return undefined;
  const filled = new Set(
    [...parameters].filter(([, value]) => value !== '').map(([name]) => name.toLowerCase()),
  );
  const found = adParameters.find((name) => filled.has(name));
  return found === undefined ? undefined : { action: paidAds, reason: `a paid ad (${found})` };
}
