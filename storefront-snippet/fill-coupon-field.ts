/**
 * Puts the coupon into the shop's own field, unless the buyer has typed there, and tells the shop's scripts of it.
 * @returns how many fields were filled
 * @throws DOMException when the selector cannot be read
 */
export function fillCouponField(document: Document, selector: string, coupon: string): number {
  const empty = [...document.querySelectorAll<HTMLInputElement>(selector)].filter(({ value }) => !value);
  for (const field of empty) {
    field.value = coupon;
    for (const name of ['input', 'change']) field.dispatchEvent(new Event(name, { bubbles: true }));
  }
  return empty.length;
}
