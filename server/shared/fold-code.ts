const NAMED: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const ENTITY = /&(?:(amp|lt|gt|quot|apos)|#(\d+)|#[xX]([0-9a-fA-F]+));/g;
/** What XML 1.0 lets a reference stand for; PHP's html_entity_decode(ENT_XML1) draws the same line. */
const REFERABLE = /^[\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]$/u;
const LAST_CODE_POINT = 0x10ffff;

/**
 * A coupon or affiliate code as codes are compared (S10): HTML entities decoded once, then foldText.
 * WooCommerce hands over `Tom & Co` as `tom &amp; co`. Vectors: test/support/vectors/codes.json.
 */
export function foldCode(raw: string): string {
  return foldText(raw.replace(ENTITY, decodeEntity));
}

/**
 * Text as equal texts are compared: NFKC, trimmed, lower case without a locale. The final sigma is written
 * like any other, because languages disagree on when a sigma is the last letter of a word.
 */
export function foldText(raw: string): string {
  return raw.normalize('NFKC').trim().toLowerCase().replaceAll('ς', 'σ');
}

function decodeEntity(entity: string, name?: string, decimal?: string, hex?: string): string {
  if (name !== undefined) return NAMED[name] ?? entity;
  const codePoint = decimal !== undefined ? parseInt(decimal, 10) : parseInt(hex ?? '', 16);
  if (codePoint > LAST_CODE_POINT) return entity;
  const character = String.fromCodePoint(codePoint);
  return REFERABLE.test(character) ? character : entity;
}
