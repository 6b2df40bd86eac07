/**
 * Whether a redirect stays with whoever was asked: the same scheme, host and port, or from http up to https on the
 * same host. From https to http it does not, because over http anybody on the way may answer; nor on another port,
 * where another person's program may listen.
 */
export function mayRedirect(from: URL, to: URL): boolean {
  if (to.origin === from.origin) return true;
  const isUpgrade = from.protocol === 'http:' && to.protocol === 'https:';
  return isUpgrade && from.hostname === to.hostname && to.port === '';
}
