import { invalidInput } from '../../../platform/http/index.ts';

const MESSAGE = "Enter the shop's address on the host with which the store is connected.";

/**
 * Where a shop's REST interface is asked: the store's own origin, and below it the folder in which the shop lives,
 * if any. Another host is refused, because keys would be handed to it.
 * @throws DomainError `invalid-input`.
 */
export function resolveShopAddress(domain: string, given: string | undefined): string {
  if (given === undefined) return domain;
  const url = URL.parse(given);
  const isOurs = url?.origin === domain && url.username === '' && url.password === '';
  if (!isOurs || url.search !== '' || url.hash !== '') {
    throw invalidInput([{ path: 'address', message: `${MESSAGE} It begins with ${domain}.` }]);
  }
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
}
