import type { StorefrontDirectory } from './flow/ingest/index.ts';
import { SECOND, type Clock } from './shared/clock.ts';
import type { ProgramSettings } from './shared/program-settings.ts';
import { touchSeconds } from './storefront-directory.ts';

/**
 * Lets the touches that are there live as long as settings to come can ask for them (S3): each was stored with the
 * end of the longest window of its day.
 */
export function createKeepTouches(deps: {
  touches: { keepAtLeast(merchantId: string, until: Date): Promise<void> };
  storefront: Pick<StorefrontDirectory, 'termsOf'>;
  clock: Clock;
}) {
  const { touches, storefront, clock } = deps;
  return async (merchantId: string, settings: ProgramSettings): Promise<void> => {
    const seconds = touchSeconds(settings);
    const { keepTouchesSeconds } = await storefront.termsOf(merchantId);
    if (seconds <= keepTouchesSeconds) return;
    await touches.keepAtLeast(merchantId, new Date(clock().getTime() + seconds * SECOND));
  };
}
