/** The host of an address, with its port; null when it is none. */
export function hostOf(url: string): string | null {
  return URL.parse(url)?.host || null;
}

/** Host and path of an address, without what may name a person; null when it is none. */
export function hostAndPath(url: string): string | null {
  const parsed = URL.parse(url);
  if (!parsed) return null;
  const path = parsed.pathname.split('/').map((segment) => (/@|%40/i.test(segment) ? '[address]' : segment));
  return parsed.host + path.join('/');
}
