import { parseArgs } from 'node:util';
import { checkStorefront } from './check-storefront.ts';
import { describeFindings } from './describe-findings.ts';

const USAGE = 'refledger check-storefront <url> [--code CODE] [--server https://your-server]';

/**
 * `refledger check-storefront`: says in words whether the snippet works on a page of a shop.
 *
 * @param publicUrl what the outside world calls our server, where it is configured
 * @returns the exit code: 0 when all is well, 1 when there is a problem
 * @throws Error when the arguments cannot be used
 */
export async function runCheckStorefront(
  args: string[],
  publicUrl: string | undefined,
  say: (line: string) => void,
): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { code: { type: 'string' }, server: { type: 'string' } },
  });
  const [address, ...more] = positionals;
  const url = address === undefined || more.length > 0 ? undefined : readAddress(address);
  if (url === undefined) throw new Error(`Name one page of the shop. Usage: ${USAGE}`);
  const { code, server = publicUrl } = values;
  if (code !== undefined && !/^[\w-]{1,64}$/.test(code)) {
    throw new Error('--code is the code of an affiliate: letters, digits, _ and -, at most 64.');
  }
  const expectedServer = server === undefined ? undefined : new URL(readAddress(server)).origin;
  const findings = await checkStorefront({ url, code, expectedServer });
  for (const line of describeFindings(findings)) say(line);
  return findings.some(({ level }) => level === 'problem') ? 1 : 0;
}

function readAddress(text: string): string {
  const url = URL.parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`);
  if (url && /^https?:$/.test(url.protocol)) return url.href;
  throw new Error(`"${text}" is not an address of http or https. Usage: ${USAGE}`);
}
