/**
 * Why a link may not lead to an address, or undefined when it may: http or https, on one of the merchant's
 * own shops and without a user name in it, so that a link never sends a visitor elsewhere.
 *
 * @param hosts `host[:port]` of the merchant's shops, in lower case
 */
export function checkLinkTarget(targetUrl: string, hosts: readonly string[]): string | undefined {
  if (!URL.canParse(targetUrl)) return 'Enter a complete address, beginning with https://.';
  const url = new URL(targetUrl);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'Use https:// or http://.';
  if (url.username !== '' || url.password !== '') return 'Leave out the user name and password.';
  if (hosts.includes(url.host)) return undefined;
  const known = hosts.length > 0 ? `Your shops are: ${hosts.join(', ')}.` : 'Connect a shop first.';
  return `Choose a page of one of your shops. ${known}`;
}
