import type { Config } from './config.ts';
import { stopOnSignal } from './stop-on-signal.ts';
import { composeServer, type RunningServer } from './compose.ts';

/** `refledger serve`: starts the server, says where it is and where the data lies, stops on a signal. */
export async function serve(config: Config, say: (line: string) => void): Promise<RunningServer> {
  const server = await composeServer({ config });
  say(`Refledger listens on ${server.url}`);
  say(`Data: ${server.database}`);
  say(`Mail: ${server.mail}`);
  if (server.setupUrl)
    say(`First start. Open this one-time link to create your account:\n  ${server.setupUrl}`);
  stopOnSignal(() => server.stop());
  return server;
}
