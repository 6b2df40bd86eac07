import type { Express, Router } from 'express';
import { pino } from 'pino';
import { createHttpApp } from '../../server/platform/http/index.ts';
import type { Log } from '../../server/platform/log.ts';
import type { AcceptResult, ReceiveDelivery, ReceivedDelivery } from '../../server/shared/delivery.ts';
import { DomainError } from '../../server/shared/errors.ts';
import { newId } from '../../server/shared/ids.ts';

/** An inbox in memory with the promise of the real one: each key once, nothing of no consequence. */
export function anInbox(): { received: ReceivedDelivery[]; receiveDelivery: ReceiveDelivery } {
  const received: ReceivedDelivery[] = [];
  const keep = (one: ReceivedDelivery): AcceptResult => {
    if (one.delivery.kind === 'nothing') return { status: 'ignored', reason: one.delivery.reason };
    if (received.some(({ key }) => key === one.key)) return { status: 'known' };
    received.push(one);
    return { status: 'accepted' };
  };
  const receiveDelivery: ReceiveDelivery = (one) => Promise.resolve({ kept: Promise.resolve(keep(one)) });
  return { received, receiveDelivery };
}

/** A log that keeps its lines. */
export function aLog(): { lines: { level: number; msg: string; reason?: string }[]; log: Log } {
  const lines: { level: number; msg: string; reason?: string }[] = [];
  const log = pino({ level: 'debug' }, { write: (line: string) => void lines.push(JSON.parse(line)) });
  return { lines, log };
}

/** The real edge around one router, with nobody signed in. */
export function serveHook(router: Router): Express {
  return createHttpApp({
    routes: [],
    routers: [router],
    descriptions: [],
    authenticate: () =>
      Promise.reject(new DomainError('unauthenticated', 'Nobody signs in here.', 'Use a hook.')),
    answerOnce: () => Promise.reject(new Error('hooks are not answered from memory')),
    isReady: () => Promise.resolve(true),
    log: pino({ level: 'silent' }),
    newId,
  });
}
