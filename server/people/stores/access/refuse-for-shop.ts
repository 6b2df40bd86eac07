import { DomainError } from '../../../shared/errors.ts';
import { StoreApiProblem } from '../../../shared/store-api.ts';

/** What a caller is told when the shop did not do what it was asked for; anything else goes on as it is. */
export function refuseForShop(error: unknown): unknown {
  if (!(error instanceof StoreApiProblem)) return error;
  const code = error.code === 'passing' ? 'unavailable' : 'impossible';
  return new DomainError(code, error.message, error.help);
}
