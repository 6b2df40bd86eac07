import { z } from 'zod';
import { parseMinorUnits } from '../../../shared/minor-units.ts';
import {
  CONVERSION_KINDS,
  evidence,
  requireAmount,
  text,
  type PixelConversion,
} from './conversion.schema.ts';

/** A template that has nothing to print leaves a parameter empty. */
const blankIsAbsent = <S extends z.ZodType>(schema: S) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema);

/** The parameters of `GET /collect/v1/c.gif`. No consent said is no consent. */
export const pixelQuery = z.object({
  store: text.meta({ description: 'The storeKey' }),
  kind: z.enum(CONVERSION_KINDS).default('sale'),
  id: text.meta({ description: 'The externalId: the number of the order' }),
  amount: blankIsAbsent(z.string().max(40).optional()).meta({
    description: 'A decimal as templates of shops print it, e.g. 45.00',
  }),
  currency: blankIsAbsent(z.string().max(3).optional()),
  code: blankIsAbsent(evidence.code),
  visitor: blankIsAbsent(evidence.visitorKey),
  consent: z.enum(['0', '1']).default('0'),
});

/** The same as `POST /collect/v1/conversions` takes it. */
export const conversionOfQuery = pixelQuery
  .transform(({ store, id, amount, currency, visitor, consent, ...same }, context): PixelConversion => {
    const told = { ...same, storeKey: store, externalId: id, visitorKey: visitor, consent: consent === '1' };
    if (amount === undefined) return told;
    try {
      return { ...told, amount: { amount: readUnits(amount, currency), currency: currency ?? '' } };
    } catch (error) {
      const message = error instanceof RangeError ? error.message : 'This cannot be read.';
      context.addIssue({ code: 'custom', path: ['amount'], message });
      return z.NEVER;
    }
  })
  .superRefine(requireAmount);

function readUnits(amount: string, currency = ''): bigint {
  const units = parseMinorUnits(amount, currency);
  if (units < 0n) throw new RangeError('An amount is not negative');
  return units;
}
