type Value = string | number | boolean;
export type WooParams = Readonly<Record<string, Value | readonly Value[] | null | undefined>>;

/**
 * Parameters as WooCommerce's REST API takes them: lists as CSV, because over http an array of more than ten elements
 * breaks the signature; what is null or undefined is left out, because the library would write the word "undefined"
 * (woocommerce.md 8).
 * @throws RangeError for an empty list, which WooCommerce would take as no filter at all
 */
export function writeParams(params: WooParams): Record<string, string> {
  const written: Record<string, string> = {};
  for (const [name, value] of Object.entries(params)) {
    if (value === null || value === undefined) continue;
    if (typeof value === 'object' && value.length === 0) {
      throw new RangeError(`"${name}" is an empty list, which would ask for everything`);
    }
    written[name] = typeof value === 'object' ? value.join(',') : String(value);
  }
  return written;
}
