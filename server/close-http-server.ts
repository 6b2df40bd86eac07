import type { Server } from 'node:http';
import { SECOND } from './shared/clock.ts';

/**
 * Stops listening and lets requests under way finish; cuts off those that still run after the grace, so
 * that one slow client cannot hold up the stop of the server.
 * @param grace milliseconds
 */
export async function closeHttpServer(server: Server, grace = 5 * SECOND): Promise<void> {
  const closed = new Promise<void>((resolve) => void server.close(() => resolve()));
  server.closeIdleConnections();
  const cutOff = setTimeout(() => server.closeAllConnections(), grace);
  await closed;
  clearTimeout(cutOff);
}
