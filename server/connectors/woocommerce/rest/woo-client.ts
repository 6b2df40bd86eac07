import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { isIP } from 'node:net';
import library from '@woocommerce/woocommerce-rest-api';
import { guardLookup, isPublicAddress, type LookupAll } from '../../../platform/outgoing/index.ts';
import { SECOND, type Clock } from '../../../shared/clock.ts';
import type { RestAccess } from '../../../shared/rest-access.ts';
import { hideSecrets } from './hide-secrets.ts';
import { readAnswer, type RawAnswer, type WooAnswer } from './read-answer.ts';
import { describeBrokenRequest } from './describe-broken-request.ts';
import { WooError } from './woo-error.ts';
import { writeParams, type WooParams } from './write-params.ts';

/**
 * A shop's REST API. A path is one of `wc/v3`, e.g. `orders/12/refunds`; one that begins with a slash is one of
 * `wp-json`, e.g. `/wc-refledger/v1/connection`. Every method fails with a WooError.
 */
export interface WooClient {
  get(path: string, params?: WooParams): Promise<WooAnswer>;
  post(path: string, body: unknown): Promise<WooAnswer>;
  put(path: string, body: unknown): Promise<WooAnswer>;
  delete(path: string, params?: WooParams): Promise<WooAnswer>;
}

export type ConnectWoo = (access: RestAccess) => WooClient;

export interface WooClientDeps {
  clock: Clock;
  /** Over http and at private addresses too: for a shop on one's own machine. */
  allowPrivate: boolean;
  /** Milliseconds for a whole request. */
  timeout?: number;
  /** Bytes of an answer, unpacked. */
  mostBytes?: number;
  lookup?: LookupAll;
}

const TIMEOUT = 15 * SECOND;
/** A hundred orders with a hundred lines each. */
const MOST_BYTES = 16 * 1024 * 1024;
const IDLE_CONNECTION = 5 * SECOND;
const DEFAULT_NAMESPACE = 'wc/v3';

type Library = typeof library.default;

/**
 * CommonJS without `exports`: to Node the default is the whole module, to tools that compile modules away it is the
 * class (woocommerce.md 8).
 */
const WooCommerceRestApi: Library = typeof library === 'function' ? library : library.default;

type Method = 'get' | 'post' | 'put' | 'delete';

/**
 * The only file that knows the library. It sets what the library leaves open: a time limit, no redirects, a largest
 * answer, no proxy of the environment, and a look at every address before it is connected to.
 */
export function createWooClient(deps: WooClientDeps): ConnectWoo {
  const mayConnect = deps.allowPrivate ? () => true : isPublicAddress;
  const lookup = guardLookup(mayConnect, deps.lookup);
  const kept = { lookup, keepAlive: true, timeout: IDLE_CONNECTION };
  const agents = { httpAgent: new HttpAgent(kept), httpsAgent: new HttpsAgent(kept) };
  const { timeout = TIMEOUT, mostBytes = MOST_BYTES } = deps;

  const send = async (access: RestAccess, method: Method, path: string, rest: object): Promise<RawAnswer> => {
    const { namespace, endpoint } = readPath(path);
    const signal = AbortSignal.timeout(timeout);
    const api = new WooCommerceRestApi({
      url: access.address,
      consumerKey: access.consumerKey,
      consumerSecret: access.consumerSecret,
      queryStringAuth: access.secretsInAddress,
      version: namespace as 'wc/v3',
      timeout,
      axiosConfig: {
        ...agents,
        signal,
        maxRedirects: 0,
        maxContentLength: mostBytes,
        proxy: false,
        responseType: 'text',
        transformResponse: (text: unknown) => text,
        validateStatus: () => true,
      },
    });
    try {
      const { status, headers, data } = (await askApi(api, method, endpoint, rest)) as AxiosAnswer;
      return { status, headers, text: typeof data === 'string' ? data : '' };
    } catch (error) {
      throw describeBrokenRequest(error, { isLate: signal.aborted, timeout });
    }
  };

  return (access) => {
    const ask = async (method: Method, path: string, rest: object): Promise<WooAnswer> => {
      refuseAddress(access.address, { ...deps, mayConnect });
      try {
        return readAnswer(await send(access, method, path, rest), deps.clock());
      } catch (error) {
        throw hideSecrets(error, access);
      }
    };
    return {
      get: (path, params = {}) => ask('get', path, { params: writeParams(params) }),
      post: (path, body) => ask('post', path, { body }),
      put: (path, body) => ask('put', path, { body }),
      delete: (path, params = {}) => ask('delete', path, { params: writeParams(params) }),
    };
  };
}

interface AxiosAnswer {
  status: number;
  headers: Record<string, unknown>;
  data: unknown;
}

function askApi(
  api: InstanceType<typeof WooCommerceRestApi>,
  method: Method,
  endpoint: string,
  { params, body }: { params?: object; body?: unknown },
): Promise<unknown> {
  if (method === 'get' || method === 'delete') return api[method](endpoint, params);
  return api[method](endpoint, body);
}

function readPath(path: string): { namespace: string; endpoint: string } {
  if (!path.startsWith('/')) return { namespace: DEFAULT_NAMESPACE, endpoint: path };
  const [, vendor = '', version = '', ...rest] = path.split('/');
  return { namespace: `${vendor}/${version}`, endpoint: rest.join('/') };
}

/** An address that was typed in as a number needs no lookup, so that no lookup would refuse it. */
function refuseAddress(
  address: string,
  { allowPrivate, mayConnect }: { allowPrivate: boolean; mayConnect: (address: string) => boolean },
): void {
  const refuse = (message: string): never => {
    throw new WooError('refused-address', message);
  };
  const url = URL.parse(address);
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:')
    refuse('The address of the shop is no web address.');
  if (!url) return;
  if (url.username !== '' || url.password !== '') refuse('The address of the shop may hold no password.');
  if (url.protocol === 'http:' && !allowPrivate) refuse('The shop is asked over https only.');
  const literal = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(literal) !== 0 && !mayConnect(literal)) refuse('The shop is not at an address of the internet.');
}
