import { z } from 'zod';
import { defineRoute, moment, type RouteDefinition } from '../../../platform/http/index.ts';
import { storefrontSettings, type StorefrontSettingsVersion } from '../../../shared/storefront-settings.ts';
import { changeStorefrontSettings, type StorefrontSettingsDeps } from './change-storefront-settings.ts';

const PATH = '/api/v1/settings/storefront';

const answer = storefrontSettings
  .extend({
    revision: z.int().meta({ description: 'Counts the changes; 0 = the defaults' }),
    changedAt: moment.nullable(),
    changedBy: z.string().nullable().meta({ description: 'The id of the staff member' }),
  })
  .meta({ id: 'StorefrontSettings' });

const change = storefrontSettings.extend({
  revision: z
    .int()
    .min(0)
    .optional()
    .meta({ description: 'The revision that you read; refused with 409 when another one holds by now' }),
});

/** How the merchant's storefront treats its visitors. */
export function storefrontSettingsRoutes(deps: StorefrontSettingsDeps): RouteDefinition[] {
  return [
    defineRoute({
      method: 'get',
      path: PATH,
      summary: 'What the storefront may keep of visitors, and how clicks are answered',
      access: 'merchant',
      response: answer,
      handle: async ({ caller }) => present(await deps.versions.current(caller.merchantId)),
    }),
    defineRoute({
      method: 'put',
      path: PATH,
      summary: 'Replace these settings from now on; what is left out takes its default',
      access: 'merchant',
      body: change,
      response: answer,
      async handle({ caller: { merchantId, staffId }, body: { revision: seen, ...settings } }) {
        return present(await changeStorefrontSettings(deps, { merchantId, staffId, settings, seen }));
      },
    }),
  ];
}

function present({ settings, ...facts }: StorefrontSettingsVersion): z.input<typeof answer> {
  return { ...settings, ...facts };
}
