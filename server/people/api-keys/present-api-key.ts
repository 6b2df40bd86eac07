import { z } from 'zod';
import { moment } from '../../platform/http/index.ts';
import { API_SCOPES } from '../../shared/api-scopes.ts';

const facts = {
  id: z.string(),
  name: z.string(),
  prefix: z.string().meta({ description: 'The first characters of the key' }),
  createdAt: moment,
  lastUsedAt: moment.nullable().meta({ description: 'To the day (midnight UTC); null = never' }),
};

/** An API key of an affiliate, as the API shows it. */
export const affiliateKeySchema = z.object(facts).meta({ id: 'AffiliateApiKey' });

/** An API key of a program of the merchant's, as the API shows it. */
export const apiKeySchema = z
  .object({ ...facts, scopes: z.array(z.enum(API_SCOPES)) })
  .meta({ id: 'ApiKey' });
