/** The tag of the snippet on a page. */
export interface SnippetTag {
  /** Absolute address of the script, as the browser would resolve it. */
  src: string;
  /** Attribute names in lower case. */
  attributes: Record<string, string>;
}

/** What a page's HTML says about the snippet. */
export interface StorefrontPage {
  tag: SnippetTag | undefined;
  /** The snippet is named in the text of another script, which puts it in, or in a comment. */
  isMentioned: boolean;
  /** The page itself calls `refledger('consent', ...)`. */
  tellsConsent: boolean;
  /** Policies in `<meta http-equiv="Content-Security-Policy">`. */
  policies: string[];
}

const COMMENT = /<!--[^]*?-->/g;
const UNSEEN = /<(noscript|template|textarea|style)\b[^>]*>[^]*?<\/\1\s*>/gi;
const SCRIPT_TEXT = /(<script\b(?:"[^"]*"|'[^']*'|[^>"'])*>)[^]*?<\/script\s*>/gi;
const TAG = /<(script|meta)\b((?:"[^"]*"|'[^']*'|[^>"'])*)>/gi;
const ATTRIBUTE = /([^\s=/"'>]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g;
/** Banners move the address out of `src`, so that the browser does not ask for it before consent. */
const ADDRESSES = ['src', 'data-src', 'data-suppressedsrc', 'data-blocked-src'];

/**
 * Reads the HTML of a page as far as the snippet goes: not a browser, so that what other scripts put in stays unseen.
 * @param address of the page, to resolve addresses by
 */
export function readStorefrontPage(html: string, address: string): StorefrontPage {
  const tags = readTags(html.replace(COMMENT, '').replace(UNSEEN, '').replace(SCRIPT_TEXT, '$1'));
  const metas = tags.filter(({ name }) => name === 'meta').map(({ attributes }) => attributes);
  const isPolicy = (meta: Record<string, string>): boolean =>
    meta['http-equiv']?.toLowerCase() === 'content-security-policy';
  return {
    tag: tags.flatMap(({ name, attributes }) => (name === 'script' ? readTag(attributes, address) : []))[0],
    isMentioned: html.includes('/snippet.js'),
    tellsConsent: /refledger\(\s*['"]consent/.test(html),
    policies: metas.filter(isPolicy).map(({ content }) => content ?? ''),
  };
}

function readTags(html: string): { name: string; attributes: Record<string, string> }[] {
  return [...html.matchAll(TAG)].map(([, name = '', text = '']) => {
    const pairs = [...text.matchAll(ATTRIBUTE)].map(([, key = '', double, single, bare]) => {
      return [key.toLowerCase(), decodeEntities(double ?? single ?? bare ?? '')] as const;
    });
    return { name: name.toLowerCase(), attributes: Object.fromEntries(pairs.reverse()) };
  });
}

function readTag(attributes: Record<string, string>, address: string): SnippetTag[] {
  const written = ADDRESSES.map((name) => attributes[name]).find((src) => src !== undefined && src !== '');
  const src = written === undefined ? null : URL.parse(written.trim(), address);
  return src?.pathname.endsWith('/snippet.js') ? [{ src: src.href, attributes }] : [];
}

function decodeEntities(text: string): string {
  return text.replace(/&(amp|quot|#39|#x27|lt|gt);/gi, (whole, name: string) => {
    const decoded = { amp: '&', quot: '"', '#39': "'", '#x27': "'", lt: '<', gt: '>' }[name.toLowerCase()];
    return decoded ?? whole;
  });
}
