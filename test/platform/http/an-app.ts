import { Writable } from 'node:stream';
import type { Express } from 'express';
import { pino } from 'pino';
import { createHttpApp, type HttpAppDeps } from '../../../server/platform/http/index.ts';
import { DomainError } from '../../../server/shared/errors.ts';

/** Requests with this header are from the owner, or from the staff, of merchant m-1. */
export const AS_OWNER = { Authorization: 'Bearer owner' };
export const AS_STAFF = { Authorization: 'Bearer staff' };
/** Of affiliate a-1 of the same merchant. */
export const AS_AFFILIATE = { Authorization: 'Bearer affiliate' };

/** An app for tests with what is given and nothing behind it; its log lines are collected in `lines`. */
export function anApp(given: Partial<HttpAppDeps> = {}): { app: Express; lines: () => string } {
  const lines: string[] = [];
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(chunk.toString());
      done();
    },
  });
  let ids = 0;
  const app = createHttpApp({
    routes: [],
    routers: [],
    descriptions: [],
    authenticate: async (header) => {
      if (header === AS_OWNER.Authorization) return { merchantId: 'm-1', staffId: 's-1', role: 'owner' };
      if (header === AS_STAFF.Authorization) return { merchantId: 'm-1', staffId: 's-2', role: 'staff' };
      if (header === AS_AFFILIATE.Authorization) return { merchantId: 'm-1', affiliateId: 'a-1' };
      throw new DomainError('unauthenticated', 'Not signed in.', 'Sign in.');
    },
    answerOnce: async (_write, run) => ({ ...(await run()), replayed: false }),
    isReady: () => Promise.resolve(true),
    log: pino({ level: 'debug' }, sink),
    newId: () => `request-${(ids += 1)}`,
    ...given,
  });
  return { app, lines: () => lines.join('') };
}
