import { invalidInput } from '../../../platform/http/index.ts';

/** What every version carries. */
export interface VersionHead {
  version: number;
  effectiveFrom: Date;
}

/**
 * Number and start of the version that comes after the others. It may be planned, but it never begins in the
 * past or before the last one, so that no order is ever decided again by newer terms (S2, S3).
 *
 * @param wished undefined = now
 * @throws DomainError `invalid-input`.
 */
export function numberVersion(
  earlier: readonly VersionHead[],
  wished: Date | undefined,
  now: Date,
): VersionHead {
  const last = earlier.at(-1);
  const earliest = last && last.effectiveFrom > now ? last.effectiveFrom : now;
  const effectiveFrom = wished ?? earliest;
  if (effectiveFrom < earliest) {
    const message = `Choose now or later, and not before ${earliest.toISOString()}.`;
    throw invalidInput([{ path: 'effectiveFrom', message }]);
  }
  return { version: (last?.version ?? 0) + 1, effectiveFrom };
}
