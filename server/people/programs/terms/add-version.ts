import { notFound } from '../../../shared/errors.ts';
import { untilSaved } from '../../../platform/mongo/index.ts';
import { refuseBadRules, type ProgramDeps } from './create-program.ts';
import { numberVersion } from './number-version.ts';
import type { NewRules, NewSettings, Program } from './program.ts';

/** Whose programme. */
export interface ProgramRef {
  merchantId: string;
  id: string;
}

/**
 * Adds a version of the settings.
 * @throws DomainError `not-found`, or `invalid-input` for a start in the past.
 */
export function addSettingsVersion(deps: ProgramDeps, ref: ProgramRef, input: NewSettings): Promise<Program> {
  return untilSaved(async () => {
    const program = await programOrThrow(deps, ref);
    const head = numberVersion(program.settingsVersions, input.effectiveFrom, deps.clock());
    const version = { ...head, settings: input.settings };
    // Before they hold: a crash in between keeps visits too long, and never too short.
    await deps.keepTouches(ref.merchantId, version.settings);
    const saved = await deps.programs.append(program, 'settingsVersions', version);
    return { saved, result: { ...program, settingsVersions: [...program.settingsVersions, version] } };
  });
}

/**
 * Adds a version of the commission rules.
 * @throws DomainError `not-found`, or `invalid-input` for bad rules and for a start in the past.
 */
export function addRulesVersion(deps: ProgramDeps, ref: ProgramRef, input: NewRules): Promise<Program> {
  return untilSaved(async () => {
    const program = await programOrThrow(deps, ref);
    const { rules, order, exclude, include } = input;
    refuseBadRules(deps, rules);
    const head = numberVersion(program.ruleVersions, input.effectiveFrom, deps.clock());
    const version = { ...head, rules, order, exclude, include };
    const saved = await deps.programs.append(program, 'ruleVersions', version);
    return { saved, result: { ...program, ruleVersions: [...program.ruleVersions, version] } };
  });
}

/** @throws DomainError `not-found`. */
export async function programOrThrow(
  deps: Pick<ProgramDeps, 'programs'>,
  { merchantId, id }: ProgramRef,
): Promise<Program> {
  const program = await deps.programs.byId(merchantId, id);
  if (!program) throw notFound('The programme');
  return program;
}
