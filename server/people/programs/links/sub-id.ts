import { z } from 'zod';

const SUB_ID = /^[A-Za-z0-9._~:-]{1,64}$/;

/** What an affiliate tells their placements apart by; clicks are counted by it, nothing is decided by it. */
export const subId = z
  .string()
  .regex(SUB_ID, 'Use letters, digits and . _ ~ : -, at most 64.')
  .meta({ description: 'Tells placements of one affiliate apart, e.g. newsletter-42' });

/** A sub-id from an address that anybody can write; null when it is none, because it is not worth refusing a buyer. */
export function readSubId(text: string | null | undefined): string | null {
  return typeof text === 'string' && SUB_ID.test(text) ? text : null;
}
