const LONGEST_HOST = 253;
/** Labels of the DNS. Addresses allow more signs in a host, which no server on the internet has. */
const HOST_NAME = /^[a-z0-9_-]+(\.[a-z0-9_-]+)*\.[a-z][a-z0-9-]*$/;

/** An affiliate's site as it is stored and compared. */
export interface Site {
  host: string;
  /** Without a slash at its end; empty = the whole site. */
  pathPrefix: string;
}

/**
 * Host and path prefix of an address that a person typed, or why it cannot be used.
 *
 * @param shopHosts of the merchant: a shop refers its own visitors all the time
 */
export function readSite(text: string, shopHosts: readonly string[]): Site | { problem: string } {
  const url = URL.parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`);
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    return { problem: 'Enter the address of the site, e.g. https://blog.example.' };
  }
  if (url.username !== '' || url.password !== '') return { problem: 'Leave out the user name and password.' };
  if (url.port !== '') return { problem: 'Leave out the port.' };
  if (url.search !== '' || url.hash !== '') {
    return { problem: 'Leave out what follows "?" or "#": no referrer from another site carries it.' };
  }
  const host = hostOf(url);
  const isName = HOST_NAME.test(host) && host.length <= LONGEST_HOST;
  if (!isName) return { problem: 'Enter a host name of the internet, e.g. blog.example.' };
  if (shopHosts.includes(host)) return { problem: 'This is one of your own shops.' };
  return { host, pathPrefix: url.pathname.replace(/\/+$/, '') };
}

/** The host of an address as it is compared: punycode, lower case, with its port, without the root's dot. */
export function hostOf(url: URL): string {
  return url.port === '' ? url.hostname.replace(/\.$/, '') : url.host;
}
