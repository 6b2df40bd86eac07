import { z } from 'zod';
import { commissionRules, ruleTerms } from '../../../shared/program-rules.ts';
import { programSettings } from '../../../shared/program-settings.ts';
import {
  defineRoute,
  idParams,
  moment,
  pageOf,
  pageQuery,
  type Caller,
  type RouteDefinition,
} from '../../../platform/http/index.ts';
import { addRulesVersion, addSettingsVersion, programOrThrow } from './add-version.ts';
import { changeProgramStatus } from './change-program-status.ts';
import { createProgram, type ProgramDeps } from './create-program.ts';
import { newProgram, newRules, newSettings, PROGRAM_STATUSES } from './program.ts';

const PATH = '/api/v1/programs';
const status = z.enum(PROGRAM_STATUSES);
const head = { version: z.int(), effectiveFrom: moment };

const program = z
  .object({
    id: z.string(),
    name: z.string(),
    status,
    statuses: z.array(z.object({ status, from: moment })),
    settingsVersions: z.array(z.object({ ...head, settings: programSettings })),
    ruleVersions: z.array(z.object({ ...head, rules: commissionRules, ...ruleTerms })),
    createdAt: moment,
  })
  .meta({ id: 'Program' });

const refOf = (caller: Caller, params: { id: string }) => ({ merchantId: caller.merchantId, id: params.id });
const changing = { method: 'post', access: 'merchant', params: idParams, response: program } as const;

/** The merchant's programmes and their versions. */
export function programRoutes(deps: ProgramDeps): RouteDefinition[] {
  return [...keepingRoutes(deps), ...changingRoutes(deps)];
}

function keepingRoutes(deps: ProgramDeps): RouteDefinition[] {
  return [
    defineRoute({
      method: 'post',
      path: PATH,
      summary: 'Create a programme with its first settings and rules',
      access: 'merchant',
      body: newProgram,
      response: program,
      status: 201,
      handle: ({ caller, body }) => createProgram(deps, caller.merchantId, body),
    }),
    defineRoute({
      method: 'get',
      path: PATH,
      summary: 'The programmes, newest first',
      access: 'merchant',
      query: pageQuery,
      response: pageOf(program),
      handle: ({ caller, query }) => deps.programs.list(caller.merchantId, query),
    }),
    defineRoute({
      method: 'get',
      path: `${PATH}/:id`,
      summary: 'One programme with all its versions',
      access: 'merchant',
      params: idParams,
      response: program,
      handle: ({ caller, params }) => programOrThrow(deps, refOf(caller, params)),
    }),
  ];
}

function changingRoutes(deps: ProgramDeps): RouteDefinition[] {
  return [
    defineRoute({
      ...changing,
      path: `${PATH}/:id/settings`,
      summary: 'Add a version of the settings; earlier orders keep theirs',
      body: newSettings,
      status: 201,
      handle: ({ caller, params, body }) => addSettingsVersion(deps, refOf(caller, params), body),
    }),
    defineRoute({
      ...changing,
      path: `${PATH}/:id/rules`,
      summary: 'Add a version of the commission rules; earlier orders keep theirs',
      body: newRules,
      status: 201,
      handle: ({ caller, params, body }) => addRulesVersion(deps, refOf(caller, params), body),
    }),
    defineRoute({
      ...changing,
      path: `${PATH}/:id/pause`,
      summary: 'Stop a programme: orders from now on earn nothing',
      handle: ({ caller, params }) => changeProgramStatus(deps, refOf(caller, params), 'paused'),
    }),
    defineRoute({
      ...changing,
      path: `${PATH}/:id/resume`,
      summary: 'Let a paused programme go on',
      handle: ({ caller, params }) => changeProgramStatus(deps, refOf(caller, params), 'live'),
    }),
  ];
}
