import { z } from 'zod';
import { foldCode } from './fold-code.ts';
import { TOUCH_CLASSES, type TouchClass } from './touch.ts';

const DAY_SECONDS = 86_400;
const LONGEST_WINDOW_DAYS = 3_650;
const MOST_RULES = 500;
const MOST_VOID_CODES = 1_000;

/** What happens when a test of S9 hits. */
export type SelfReferralAction = 'ignore' | 'reject';

/** The settings of a programme that decide who is credited, and when it is final (S3, S7, S9). */
export interface ProgramSettings {
  /** W of S3: from touch to first order. */
  clickWindowSeconds: number;
  /** Which touch wins inside a class. */
  touchOrder: 'last' | 'first';
  /** Groups of classes, strongest first; a class that is not named does not count. */
  precedence: TouchClass[][];
  /** How long evidence that arrives late still counts. */
  settleHours: number;
  selfReferral: { sameEmail: SelfReferralAction };
  /** Foreign codes that void the commission, folded (S10). */
  voidCodes: string[];
}

/** One commission rule of a programme; `args` belong to its kind. */
export interface CommissionRuleSpec {
  id: string;
  /** E.g. `percent`. */
  kind: string;
  /** E.g. `{ ratePpm: 200000 }`. */
  args: unknown;
  /** Where the rule applies; everything named must hold. */
  scope: {
    /** True: only when the winner's own code is on the order (S5). */
    coupon?: boolean | undefined;
    /** Folded (S10). */
    code?: string | undefined;
    affiliateId?: string | undefined;
    productId?: string | undefined;
    categoryId?: string | undefined;
  };
  priority?: number | undefined;
}

/** Settings with the moment from which they hold. Never changed once written (S2). */
export interface ProgramSettingsVersion {
  version: number;
  effectiveFrom: Date;
  settings: ProgramSettings;
}

/** Commission rules with the moment from which they hold. Never changed once written (S2). */
export interface ProgramRulesVersion {
  version: number;
  effectiveFrom: Date;
  rules: CommissionRuleSpec[];
}

const foldedCode = z.string().trim().min(1).max(64).overwrite(foldCode);
const scopeId = z.string().min(1).max(64).optional();
const action = z.enum(['ignore', 'reject']);

const precedence = z
  .array(z.array(z.enum(TOUCH_CLASSES)).min(1))
  .min(1)
  .refine(
    (groups) => new Set(groups.flat()).size === groups.flat().length,
    'A class may be named once only.',
  );

/** Reads settings; what is left out takes the default of S3, S7 and S9. */
export const programSettings = z
  .strictObject({
    clickWindowSeconds: z
      .int()
      .min(1)
      .max(LONGEST_WINDOW_DAYS * DAY_SECONDS)
      .default(30 * DAY_SECONDS),
    touchOrder: z.enum(['last', 'first']).default('last'),
    precedence: precedence.default([
      ['manual'],
      ['coupon'],
      ['customer-binding'],
      ['link', 'direct-link'],
      ['pixel'],
    ]),
    settleHours: z.int().min(0).max(720).default(48),
    selfReferral: z.strictObject({ sameEmail: action.default('reject') }).prefault({}),
    voidCodes: z.array(foldedCode).max(MOST_VOID_CODES).default([]),
  })
  .meta({ id: 'ProgramSettings' });

/** Reads a set of commission rules; their kinds and `args` are checked where the kinds are known. */
export const commissionRules = z
  .array(
    z
      .strictObject({
        id: z.string().min(1).max(64),
        kind: z.string().min(1).max(64),
        args: z.unknown(),
        scope: z
          .strictObject({
            coupon: z.boolean().optional(),
            code: foldedCode.optional(),
            affiliateId: scopeId,
            productId: scopeId,
            categoryId: scopeId,
          })
          .prefault({}),
        priority: z.int().min(-1_000).max(1_000).optional(),
      })
      .meta({ id: 'CommissionRule' }),
  )
  .max(MOST_RULES)
  .refine((rules) => new Set(rules.map((rule) => rule.id)).size === rules.length, 'Rule ids must differ.');

/** The version that held at a moment; undefined before the first one. Later versions win a tie. */
export function versionAt<V extends { version: number; effectiveFrom: Date }>(
  versions: readonly V[],
  moment: Date,
): V | undefined {
  return versions
    .filter((candidate) => candidate.effectiveFrom <= moment)
    .toSorted((a, b) => a.effectiveFrom.getTime() - b.effectiveFrom.getTime() || a.version - b.version)
    .at(-1);
}

/** One step in a history of statuses, in the order of time. */
export interface StatusChange<S extends string> {
  status: S;
  from: Date;
}

/** The status that held at a moment; undefined before the first one. */
export function statusAt<S extends string>(history: readonly StatusChange<S>[], moment: Date): S | undefined {
  return history.findLast((change) => change.from <= moment)?.status;
}

/**
 * A history with one more step; unchanged when it stands there already.
 *
 * @param moves from each status, where it may go
 * @returns undefined when the table does not allow the step
 */
export function appendStatus<S extends string>(
  history: readonly StatusChange<S>[],
  status: S,
  moves: Readonly<Record<S, readonly S[]>>,
  now: Date,
): StatusChange<S>[] | undefined {
  const last = history.at(-1);
  if (last?.status === status) return [...history];
  if (last && !moves[last.status].includes(status)) return undefined;
  const from = last && last.from > now ? last.from : now;
  return [...history, { status, from }];
}

/** Who owned a coupon code, from (inside) until (outside); null = still. */
export interface CodeAssignment {
  affiliateId: string;
  from: Date;
  until: Date | null;
}

/** Who owned a code at a moment (S10): the owner at redemption counts. */
export function ownerAt(assignments: readonly CodeAssignment[], moment: Date): string | undefined {
  return assignments.find(({ from, until }) => from <= moment && (until === null || moment < until))
    ?.affiliateId;
}
