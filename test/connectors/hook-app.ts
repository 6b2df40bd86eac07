import type { RequestListener } from 'node:http';
import { pino } from 'pino';
import { serveAhead, type AheadRoute } from '../../server/platform/http/index.ts';
import type { Log } from '../../server/platform/log.ts';
import type { AcceptResult, ReceiveDelivery, ReceivedDelivery } from '../../server/shared/delivery.ts';
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

/** The real edge around one route, with nothing behind it. */
export function serveHook(route: AheadRoute): RequestListener {
  const log = pino({ level: 'silent' });
  const deps = { routes: [route], addressOf: () => '203.0.113.9', newId, log };
  return serveAhead(deps, (_request, response) => void response.writeHead(404).end());
}
