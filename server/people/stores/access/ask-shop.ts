import type { RestAccess } from '../../../shared/rest-access.ts';
import { StoreApiProblem } from '../../../shared/store-api.ts';
import type { AccessDeps } from './access-deps.ts';
import type { StoreAccess } from './store-access.ts';

type AskDeps = Pick<AccessDeps, 'accesses' | 'keys' | 'clock'>;

/**
 * Asks something of a shop and notes for its health what came of it. Undefined where there are no keys.
 * @throws what the question throws.
 */
export async function askShop<T>(
  { accesses, keys, clock }: AskDeps,
  access: StoreAccess,
  question: (access: RestAccess) => Promise<T>,
): Promise<T | undefined> {
  const opened = keys.open(access);
  if (!opened) return undefined;
  try {
    const answer = await question(opened);
    await accesses.noteSuccess(access, clock());
    return answer;
  } catch (error) {
    if (error instanceof StoreApiProblem) {
      await accesses.noteFailure(access, { at: clock(), message: error.message });
    }
    throw error;
  }
}
