import { z } from 'zod';
import { describeMoney } from '../../../shared/minor-units.ts';
import { applyRate, formatRate, PPM } from '../../../shared/rates.ts';
import { defineCommissionRule } from './define-commission-rule.ts';

/** Percent: per line, base x ppm / 1 000 000, rounded half away from zero (S5). */
export const percentRule = defineCommissionRule({
  kind: 'percent',
  argsSchema: z.strictObject({ ratePpm: z.int().min(0).max(PPM) }),
  describe: ({ ratePpm }) => formatRate(ratePpm),
  computeLine({ base }, { ratePpm }, { order: { currency } }) {
    const amount = applyRate(base, ratePpm);
    const words = `${formatRate(ratePpm)} of ${describeMoney(base, currency)} is ${describeMoney(amount, currency)}`;
    return { amount, words };
  },
});
