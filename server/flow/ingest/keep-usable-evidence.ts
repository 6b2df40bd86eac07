import type { Evidence } from '../../shared/delivery.ts';

/** What an affiliate code may look like; the same as the snippet and the touch route. */
const CODE = /^[A-Za-z0-9_-]{1,64}$/;
const KEY = /^[A-Za-z0-9._~-]{1,100}$/;
const LONGEST_COUPON = 200;
/** Some shops make a coupon for one buyer and name it after the address. */
const ADDRESS = /@|%40|&#64;/i;

/**
 * Leaves out evidence that can name no affiliate. A landing address may carry anything in `?ref=`, an e-mail
 * address too, and what is nobody's code is not to be stored.
 */
export function keepUsableEvidence(evidence: Evidence[]): Evidence[] {
  return evidence.filter((item) => {
    switch (item.kind) {
      case 'coupon':
        return item.code.length <= LONGEST_COUPON && !ADDRESS.test(item.code);
      case 'code':
        return CODE.test(item.code.trim());
      case 'touch':
        return KEY.test(item.touchId);
      case 'visitor':
        return KEY.test(item.visitorKey);
    }
  });
}
