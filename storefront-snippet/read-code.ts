/**
 * The first affiliate code (letters, digits, _ and -, at most 64) among the named parameters of an address such as
 * "https://shop.example/tea?ref=ANNA". Also where it was put behind a fragment ("#reviews?ref=ANNA") or a second "?",
 * or by a program that wrote "&amp;" for "&".
 */
export function readCode(href: string, params: string[]): string | undefined {
  const query = new URLSearchParams(href.replace(/[?#;]/g, '&'));
  return params.flatMap((name) => query.getAll(name)).find((code) => /^[\w-]{1,64}$/.test(code));
}
