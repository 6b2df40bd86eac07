import { appendStatus } from '../../../shared/history.ts';
import { untilSaved } from '../../../platform/mongo/index.ts';
import { programOrThrow, type ProgramRef } from './add-version.ts';
import type { ProgramDeps } from './create-program.ts';
import { PROGRAM_MOVES, type Program, type ProgramStatus } from './program.ts';

/**
 * Pauses or resumes a programme from now on; unchanged when it stands there already.
 * @throws DomainError `not-found`.
 */
export function changeProgramStatus(
  deps: ProgramDeps,
  ref: ProgramRef,
  status: ProgramStatus,
): Promise<Program> {
  return untilSaved(async () => {
    const program = await programOrThrow(deps, ref);
    const statuses = appendStatus(program.statuses, status, PROGRAM_MOVES, deps.clock()) ?? program.statuses;
    const step = statuses[program.statuses.length];
    const saved = step === undefined || (await deps.programs.append(program, 'statuses', step));
    return { saved, result: { ...program, statuses, status } };
  });
}
