import { note, ok, problem, type Finding } from './finding.ts';
import { isAllowedByPolicy } from './is-allowed-by-policy.ts';
import type { SnippetTag, StorefrontPage } from './read-storefront-page.ts';

/** What was learnt of the shop's page. */
export interface PageFacts {
  /** Where the page was in the end, after redirects. */
  address: string;
  page: StorefrontPage;
  /** Policies of the header and of the page's `<meta>`. */
  policies: string[];
  /** Origin of our server, where the owner told it. */
  expectedServer: string | undefined;
}

/** What the page itself tells: is the tag there, does it name the right server and a store, may the browser run it. */
export function judgeTag(facts: PageFacts): Finding[] {
  const { tag } = facts.page;
  if (!tag) return [describeAbsence(facts.page)];
  return [
    ok(`The script is on the page: ${tag.src}`),
    ...judgeHost(tag, facts),
    judgeStoreKey(tag),
    ...judgePolicies(tag, facts),
    ...judgeConsent(tag, facts.page),
  ];
}

/** The key by which the tag names the store. */
export function storeKeyOf({ src, attributes }: SnippetTag): string {
  return attributes['data-store'] || (new URL(src).searchParams.get('store') ?? '');
}

function describeAbsence({ isMentioned }: StorefrontPage): Finding {
  if (isMentioned) {
    return problem(
      'The page names the script, but has no tag for it: it is commented out, or another script puts it in.',
      'Put the tag into the page itself, or open the page with ?refledger_debug=1 and look at the console.',
    );
  }
  return problem(
    'The script is not on the page.',
    'Put <script async src="https://your-server/snippet.js?store=STORE_KEY"></script> into the <head> of all pages.',
  );
}

function judgeHost({ src }: SnippetTag, { address, expectedServer }: PageFacts): Finding[] {
  const { origin, protocol } = new URL(src);
  const findings: Finding[] = [];
  if (expectedServer !== undefined && origin !== expectedServer) {
    const own = origin === new URL(address).origin ? ', which is the shop itself' : '';
    findings.push(
      problem(
        `The script is asked from the wrong host: ${origin}${own}, not ${expectedServer}.`,
        `Let the tag begin with ${expectedServer}/snippet.js`,
      ),
    );
  }
  if (protocol === 'http:' && address.startsWith('https:')) {
    const help = 'Serve Refledger by https, and write https:// in the tag.';
    findings.push(problem('Browsers block the script: the shop is https and the script is http.', help));
  }
  return findings;
}

function judgeStoreKey(tag: SnippetTag): Finding {
  const key = storeKeyOf(tag);
  if (key !== '') return ok(`It names the store ${key}.`);
  return problem(
    'The tag names no store.',
    'Add ?store= and the storeKey, which connecting the store showed.',
  );
}

function judgePolicies(tag: SnippetTag, { policies, address }: PageFacts): Finding[] {
  const { origin } = new URL(tag.src);
  const refuses = (purpose: 'script' | 'connect', target: string): boolean => {
    const question = { purpose, address: target, page: address, nonce: tag.attributes['nonce'] };
    return policies.some((policy) => !isAllowedByPolicy(policy, question));
  };
  const findings: Finding[] = [];
  if (refuses('script', tag.src)) {
    const help = `Add ${origin} to script-src of the policy.`;
    findings.push(problem("The page's Content-Security-Policy forbids the script.", help));
  }
  if (refuses('connect', `${origin}/collect/v1/touches`)) {
    const help = `Add ${origin} to connect-src of the policy.`;
    findings.push(problem("The page's Content-Security-Policy forbids the script to report touches.", help));
  }
  return findings;
}

/** Attributes by which common banners (Cookiebot, Complianz, CookieYes, OneTrust, Klaro) hold a script. */
const BANNER_MARKS = [
  'data-cookieconsent',
  'data-category',
  'data-cookiecategory',
  'data-cookieyes',
  'data-name',
];

function judgeConsent({ attributes }: SnippetTag, { tellsConsent }: StorefrontPage): Finding[] {
  const { type = '' } = attributes;
  const mark = BANNER_MARKS.find((name) => name in attributes);
  const runs = /^(|module|(text|application)\/(java|ecma)script)$/i.test(type.trim());
  if (!runs) {
    const by = mark === undefined ? '' : ` and ${mark}="${attributes[mark]}"`;
    return [
      note(
        `A consent banner holds the script back (type="${type}"${by}): who does not agree is not counted.`,
        'If the law of your country asks for that, leave it so. Else make it an ordinary <script async src=...>.',
      ),
    ];
  }
  if (attributes['data-consent'] !== 'required') return [];
  const teller = tellsConsent ? 'the page tells it' : 'nothing in the page itself tells it';
  return [
    note(
      `The script waits for consent (data-consent="required"); ${teller}.`,
      "Let your banner call refledger('consent', true) when the visitor agrees.",
    ),
  ];
}
