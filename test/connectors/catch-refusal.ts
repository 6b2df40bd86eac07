import { expect } from 'chai';
import { DomainError } from '../../server/shared/errors.ts';

/** The refusal that `run` ends with; fails when there is none. */
export function catchRefusal(run: () => unknown): DomainError {
  try {
    run();
  } catch (error) {
    expect(error).to.be.instanceOf(DomainError);
    return error as DomainError;
  }
  throw new Error('nothing was refused');
}
