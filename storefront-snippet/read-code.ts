const CODE = /^[\w-]{1,64}$/;

/** The first valid affiliate code among the named parameters of a query string such as "?ref=ANNA". */
export function readCode(search: string, params: string[]): string | undefined {
  const query = new URLSearchParams(search);
  return params.map((name) => query.get(name) ?? '').find((code) => CODE.test(code));
}
