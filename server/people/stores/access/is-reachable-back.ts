const THIS_MACHINE = new Set(['127.0.0.1', '[::1]', 'localhost']);

/** Whether a shop may hand keys to an address: by https, or on one machine, where people try things out. */
export function isReachableBack(server: string): boolean {
  const url = URL.parse(server);
  return url?.protocol === 'https:' || (url !== null && THIS_MACHINE.has(url.hostname));
}
