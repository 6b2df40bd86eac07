import { defineRoute, idParams, type RouteDefinition } from '../../../platform/http/index.ts';
import type { Order } from '../order.model.ts';
import type { OrderStore } from '../order.store.ts';
import { conversionOrThrow } from './conversion-or-throw.ts';
import { newConversion, type NewConversion } from './conversion.schema.ts';
import { conversionSchema, presentConversion } from './present-conversion.ts';

export interface ConversionRouteDeps {
  orders: OrderStore;
  recordConversion(merchantId: string, told: NewConversion): Promise<Order>;
  confirmConversion(merchantId: string, id: string, by: string): Promise<Order>;
}

const PATH = '/api/v1/conversions';

/** Sales and leads of shops without a plugin, from server to server. */
export function conversionRoutes(deps: ConversionRouteDeps): RouteDefinition[] {
  return [
    defineRoute({
      method: 'post',
      path: PATH,
      summary: 'Record a sale or a lead of a shop without a plugin, or correct it; pending until it is paid.',
      access: 'conversions:write',
      body: newConversion,
      response: conversionSchema,
      status: 202,
      handle: async ({ caller, body }) =>
        presentConversion(await deps.recordConversion(caller.merchantId, body)),
    }),
    defineRoute({
      method: 'get',
      path: `${PATH}/:id`,
      summary: 'One conversion, as it stands.',
      access: 'read',
      params: idParams,
      response: conversionSchema,
      handle: async ({ caller, params }) =>
        presentConversion(await conversionOrThrow(deps.orders, caller.merchantId, params.id)),
    }),
    defineRoute({
      method: 'post',
      path: `${PATH}/:id/confirm`,
      summary: 'Confirm a pending conversion: it is real and paid, and its hold begins.',
      access: 'conversions:write',
      params: idParams,
      response: conversionSchema,
      async handle({ caller, params }) {
        const by = 'keyId' in caller ? caller.keyId : caller.staffId;
        return presentConversion(await deps.confirmConversion(caller.merchantId, params.id, by));
      },
    }),
  ];
}
