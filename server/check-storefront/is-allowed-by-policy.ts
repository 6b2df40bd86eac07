/** What is asked of a Content-Security-Policy: to run a script, or to send a touch. */
export interface PolicyQuestion {
  purpose: 'script' | 'connect';
  address: string;
  /** Of the page, for `'self'`. */
  page: string;
  /** The script tag's own, where it has one. */
  nonce?: string | undefined;
}

const DIRECTIVES = {
  script: ['script-src-elem', 'script-src', 'default-src'],
  connect: ['connect-src', 'default-src'],
};

/**
 * Whether one policy lets the browser do it, by the rules of CSP level 3 as far as shops use them: hosts, schemes,
 * 'self', nonces, 'strict-dynamic', sandbox. Paths of sources are compared as prefixes.
 */
export function isAllowedByPolicy(policy: string, question: PolicyQuestion): boolean {
  const directives = readDirectives(policy);
  const sandbox = directives.get('sandbox');
  if (sandbox && !sandbox.includes('allow-scripts')) return false;
  const sources = DIRECTIVES[question.purpose].map((name) => directives.get(name)).find(Boolean);
  if (!sources) return true;
  const { nonce } = question;
  if (question.purpose === 'script') {
    if (nonce && sources.includes(`'nonce-${nonce}'`)) return true;
    if (sources.includes("'strict-dynamic'")) return false;
  }
  return sources.some((source) => matches(source, new URL(question.address), new URL(question.page)));
}

/** The first directive of a name counts. */
function readDirectives(policy: string): Map<string, string[]> {
  const pairs = policy.split(';').map((part): [string, string[]] => {
    const [name = '', ...sources] = part.trim().split(/\s+/);
    return [name.toLowerCase(), sources];
  });
  return new Map(pairs.reverse());
}

const SOURCE = /^(?:([a-z][a-z0-9+.-]*):\/\/)?(\*|(?:\*\.)?[^/:]+)(?::(\d+|\*))?(\/.*)?$/i;
const DEFAULT_PORTS: Record<string, string> = { 'http:': '80', 'https:': '443' };

function matches(source: string, address: URL, page: URL): boolean {
  if (source === '*') return /^(https?|wss?):$/.test(address.protocol);
  if (source.toLowerCase() === "'self'") return address.origin === page.origin;
  if (source.startsWith("'")) return false;
  if (/^[a-z][a-z0-9+.-]*:$/i.test(source)) return schemeFits(source.toLowerCase(), address);
  const [, scheme, host = '', port, path] = SOURCE.exec(source) ?? [];
  if (!schemeFits(scheme ? `${scheme.toLowerCase()}:` : page.protocol, address)) return false;
  return hostFits(host.toLowerCase(), address) && portFits(port, address) && pathFits(path, address);
}

/** A source of http also lets https through. */
const schemeFits = (scheme: string, { protocol }: URL): boolean =>
  scheme === protocol || (scheme === 'http:' && protocol === 'https:');

const hostFits = (host: string, { hostname }: URL): boolean =>
  host === '*' || (host.startsWith('*.') ? hostname.endsWith(host.slice(1)) : host === hostname);

function portFits(port: string | undefined, address: URL): boolean {
  const asked = address.port || DEFAULT_PORTS[address.protocol];
  return port === '*' || asked === (port ?? DEFAULT_PORTS[address.protocol]);
}

const pathFits = (path: string | undefined, { pathname }: URL): boolean =>
  path === undefined || (path.endsWith('/') ? pathname.startsWith(path) : pathname === path);
