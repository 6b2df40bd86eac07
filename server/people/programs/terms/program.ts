import { z } from 'zod';
import type { StatusChange } from '../../../shared/history.ts';
import { commissionRules, ruleTerms, type ProgramRulesVersion } from '../../../shared/program-rules.ts';
import { programSettings, type ProgramSettingsVersion } from '../../../shared/program-settings.ts';
import { momentInput } from '../../../platform/http/index.ts';

export const PROGRAM_STATUSES = ['live', 'paused'] as const;
export type ProgramStatus = (typeof PROGRAM_STATUSES)[number];

/** From each status, where a programme may go. */
export const PROGRAM_MOVES: Readonly<Record<ProgramStatus, readonly ProgramStatus[]>> = {
  live: ['paused'],
  paused: ['live'],
};

/** What a merchant promises to affiliates. Versions are only ever added (S2). */
export interface Program {
  id: string;
  merchantId: string;
  name: string;
  status: ProgramStatus;
  statuses: StatusChange<ProgramStatus>[];
  settingsVersions: ProgramSettingsVersion[];
  ruleVersions: ProgramRulesVersion[];
  createdAt: Date;
}

/** Left out: from now on. A moment that is over would change what was decided under the last version. */
const effectiveFrom = momentInput.optional().meta({ description: 'Now when left out; never in the past' });

export const newProgram = z.strictObject({
  name: z.string().trim().min(1).max(120),
  settings: programSettings.prefault({}),
  rules: commissionRules,
  ...ruleTerms,
});
export const newSettings = z.strictObject({ effectiveFrom, settings: programSettings });
export const newRules = z.strictObject({ effectiveFrom, rules: commissionRules, ...ruleTerms });

export type NewProgram = z.output<typeof newProgram>;
export type NewSettings = z.output<typeof newSettings>;
export type NewRules = z.output<typeof newRules>;
