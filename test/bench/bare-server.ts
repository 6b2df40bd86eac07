// The least that node:http can do: a redirect for a GET; for a POST 202 once its body was read.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const server = createServer((request, response) => {
  if (request.method === 'GET') {
    response.writeHead(302, { Location: 'https://shop.example/tea', 'Content-Length': '0' }).end();
  } else {
    request.on('data', () => undefined);
    request.on('end', () => response.writeHead(202, { 'Content-Length': '0' }).end());
  }
});
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
process.once('message', () => process.exit(0));
