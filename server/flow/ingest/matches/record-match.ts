import { DAY, type Clock } from '../../../shared/clock.ts';
import type { Evidence } from '../../../shared/delivery.ts';
import { contentHash } from '../../../shared/hash.ts';
import type { NewId } from '../../../shared/ids.ts';
import type { KeyedHash } from '../hash-buyer.ts';
import { hashCheckout } from '../hash-checkout.ts';
import type { createJoinMatches } from './join-matches.ts';
import type { MatchStore } from './match.store.ts';

/** As long as a platform keeps a checkout that the buyer has left; afterwards no order comes of it. */
const KEPT_FOR = 90 * DAY;
/** By which attribution knows a bare code as of class pixel (S3). */
const CARRIER = 'pixel';

export interface ToldMatch {
  checkoutToken: string;
  touchId?: string | null | undefined;
  visitorKey?: string | null | undefined;
  code?: string | null | undefined;
  checkoutStartedAt?: Date | null | undefined;
}

export interface RecordMatchDeps {
  matches: MatchStore;
  joinMatches: ReturnType<typeof createJoinMatches>;
  keyedHash: (merchantId: string) => KeyedHash;
  clock: Clock;
  newId: NewId;
}

/**
 * Keeps what a pixel in the checkout tells, and joins it to the order of that checkout if it has come: never an
 * order by itself. Who does not know the checkout's token, which is random, reaches no order.
 */
export function createRecordMatch({ matches, joinMatches, keyedHash, clock, newId }: RecordMatchDeps) {
  return async (
    { merchantId, storeId }: { merchantId: string; storeId: string },
    { checkoutToken, checkoutStartedAt: stated, ...told }: ToldMatch,
  ): Promise<void> => {
    const at = clock();
    const checkout = {
      merchantId,
      storeId,
      checkoutHash: hashCheckout(checkoutToken, storeId, keyedHash(merchantId)),
    };
    const evidence = readEvidence(told);
    const checkoutStartedAt = stated && (stated < at ? stated : at);
    await matches.insert({
      ...checkout,
      _id: newId(),
      evidence,
      checkoutStartedAt: checkoutStartedAt ?? null,
      contentKey: contentHash({ evidence, stated }),
      at,
      expiresAt: new Date(at.getTime() + KEPT_FOR),
    });
    await joinMatches(checkout);
  };
}

function readEvidence({ touchId, visitorKey, code }: Omit<ToldMatch, 'checkoutToken'>): Evidence[] {
  const evidence: Evidence[] = [];
  if (touchId) evidence.push({ kind: 'touch', touchId, carrier: CARRIER });
  if (visitorKey) evidence.push({ kind: 'visitor', visitorKey, carrier: CARRIER });
  if (code) evidence.push({ kind: 'code', code, carrier: CARRIER, statedAt: null });
  return evidence;
}
