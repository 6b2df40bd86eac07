/** What a shop may call a coupon: no control characters, and nothing that is too long to be one. */
const COUPON = /^[^\p{Cc}<>]{1,64}$/u;

/** The first usable coupon among the named parameters of a query string such as "?coupon=SPRING%2010". */
export function readCoupon(search: string, params: string[]): string | undefined {
  const query = new URLSearchParams(search);
  return params.map((name) => (query.get(name) ?? '').trim()).find((coupon) => COUPON.test(coupon));
}
