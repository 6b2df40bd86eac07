import { z } from 'zod';
import { SECOND } from '../../../shared/clock.ts';
import { WooError } from './woo-error.ts';

/** What came over the wire, whatever it was. */
export interface RawAnswer {
  status: number;
  /** In lower case. */
  headers: Readonly<Record<string, unknown>>;
  text: string;
}

/** A good answer. */
export interface WooAnswer {
  status: number;
  body: unknown;
  /** Of a list: how many there are in all, and in how many pages of the size asked for. */
  total: number | null;
  totalPages: number | null;
}

const restErrorSchema = z.object({ code: z.string().max(200), message: z.string().catch('') });
const LONGEST_MESSAGE = 300;
/** Nobody waits longer, whatever a host asks for. */
const LONGEST_WAIT = 86_400;

/**
 * What an answer of a shop means. What is not JSON did not come from WooCommerce: a host in front of it turned us
 * away, or an error page stands there for a while (woocommerce.md 8).
 * @param now for a Retry-After that names a date
 * @throws WooError for everything but a JSON answer of 2xx
 */
export function readAnswer({ status, headers, text }: RawAnswer, now: Date): WooAnswer {
  const body = parse(text);
  const isGood = status >= 200 && status < 300;
  if (isGood && body !== NOT_JSON) {
    return {
      status,
      body,
      total: readCount(headers['x-wp-total']),
      totalPages: readCount(headers['x-wp-totalpages']),
    };
  }
  throw describeFailure(status, body, readRetryAfter(headers['retry-after'], now));
}

const NOT_JSON = Symbol('not JSON');

function parse(text: string): unknown {
  try {
    // Some plugins of shops print a byte order mark in front of everything.
    return JSON.parse(text.replace(/^\uFEFF/, '')) as unknown;
  } catch {
    return NOT_JSON;
  }
}

function describeFailure(status: number, body: unknown, retryAfterSeconds: number | undefined): WooError {
  const { data } = restErrorSchema.safeParse(body);
  const said = { status, wooCode: data?.code, wooMessage: data?.message.slice(0, LONGEST_MESSAGE) };
  if (status === 429 || status >= 500) {
    return new WooError('busy', `The shop is busy (${status}).`, { ...said, retryAfterSeconds });
  }
  if (status >= 300 && status < 400) {
    const message = `The shop leads on to another address (${status}); use the one under which it answers.`;
    return new WooError('rejected', message, { status, wooCode: 'redirected' });
  }
  if (status === 401 || (status === 403 && data)) {
    return new WooError('unauthorised', `The shop does not take the keys (${status}).`, said);
  }
  if (status === 403) {
    return new WooError('busy', "The shop's host turned the request away (403).", {
      status,
      retryAfterSeconds,
    });
  }
  if (!data) {
    return new WooError('not-json', `Something else than WooCommerce answered (${status}).`, { status });
  }
  if (status === 404 || status === 410)
    return new WooError('not-found', 'The shop does not have it (404).', said);
  return new WooError('rejected', `WooCommerce refused the request (${status}, ${data.code}).`, said);
}

/** Of a header that may be anything. */
function readCount(value: unknown): number | null {
  return typeof value === 'string' && /^\d{1,12}$/.test(value) ? parseInt(value, 10) : null;
}

/** Seconds, or a date (RFC 9110, 10.2.3). */
function readRetryAfter(value: unknown, now: Date): number | undefined {
  if (typeof value !== 'string') return undefined;
  const seconds = /^\d{1,9}$/.test(value)
    ? parseInt(value, 10)
    : Math.ceil((Date.parse(value) - now.getTime()) / SECOND);
  return Number.isNaN(seconds) ? undefined : Math.min(Math.max(seconds, 0), LONGEST_WAIT);
}
