import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { expect } from 'chai';
import { closeHttpServer } from '../server/close-http-server.ts';

describe('stopping the server', () => {
  async function serve(answer: RequestListener): Promise<{ server: Server; port: number }> {
    const server = createServer(answer).listen(0, '127.0.0.1');
    await once(server, 'listening');
    return { server, port: (server.address() as AddressInfo).port };
  }

  it('does not wait for a client that never finishes its request', async () => {
    const { server, port } = await serve(() => undefined);
    const client = connect(port, '127.0.0.1').on('error', () => undefined);
    const arrived = once(server, 'request');
    client.write('POST / HTTP/1.1\r\nHost: shop\r\nContent-Length: 100\r\n\r\nhalf');
    await arrived;
    const cutOff = once(client, 'close');
    await closeHttpServer(server, 1);
    await cutOff;
    expect(server.listening).to.equal(false);
  });

  it('lets a request under way finish', async () => {
    let closed: Promise<void> | undefined;
    const { server, port } = await serve((_request, response) => {
      closed = closeHttpServer(server, 60_000);
      response.end('done');
    });
    const answer = await fetch(`http://127.0.0.1:${port}/`, { headers: { connection: 'close' } });
    expect(await answer.text()).to.equal('done');
    await closed;
  });
});
