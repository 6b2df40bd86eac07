import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

export interface HeldDatabase {
  /** Leads to the same database, as long as it is not held. */
  uri: string;
  /** From now on nothing that is asked reaches the database. */
  hold(): void;
  /** What was asked meanwhile reaches it, and all that follows. */
  release(): void;
  stop(): Promise<void>;
}

/** A way to a database that a test can block: what is sent waits, as it does before a database that is slow. */
export async function holdDatabase(uri: string): Promise<HeldDatabase> {
  const target = new URL(uri);
  const pairs = new Map<Socket, Socket>();
  let isHeld = false;
  const relay = createServer((client) => {
    const store = connect(parseInt(target.port, 10), target.hostname);
    pairs.set(client, store);
    store.pipe(client);
    if (!isHeld) client.pipe(store);
    const end = (): void => {
      pairs.delete(client);
      client.destroy();
      store.destroy();
    };
    for (const socket of [client, store]) socket.on('error', end).on('close', end);
  });
  await new Promise<void>((resolve) => relay.listen(0, '127.0.0.1', resolve));
  const held = new URL(uri);
  held.host = `127.0.0.1:${(relay.address() as AddressInfo).port}`;
  held.searchParams.set('directConnection', 'true');
  return {
    uri: held.href,
    hold() {
      isHeld = true;
      for (const [client, store] of pairs) client.unpipe(store);
    },
    release() {
      isHeld = false;
      for (const [client, store] of pairs) client.pipe(store);
    },
    async stop() {
      const closed = new Promise((resolve) => relay.close(resolve));
      for (const client of pairs.keys()) client.destroy();
      await closed;
    },
  };
}
