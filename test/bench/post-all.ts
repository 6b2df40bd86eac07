import { connect, type Socket } from 'node:net';

const END_OF_HEAD = '\r\n\r\n';

export interface Posted {
  /** How many were answered with each status. */
  statuses: Record<string, number>;
  /** Milliseconds until the answer, of the slowest of a hundred. */
  p99: number;
}

/** The bytes of a POST, made beforehand, so that a round measures the server and not its clients. */
export function aPost(path: string, headers: Record<string, string>, body: string): Buffer {
  const all = { Host: 'localhost', 'Content-Length': String(Buffer.byteLength(body)), ...headers };
  const head = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  return Buffer.from([`POST ${path} HTTP/1.1`, ...head].join('\r\n') + END_OF_HEAD + body);
}

/** Sends requests over so many keep-alive connections, one after the other on each; resolves after the last answer. */
export async function postAll(port: number, requests: readonly Buffer[], clients: number): Promise<Posted> {
  const statuses: Record<string, number> = {};
  const waits: number[] = [];
  let next = 0;
  const one = async (): Promise<void> => {
    const socket = connect(port, '127.0.0.1');
    socket.setNoDelay(true);
    const answers = readAnswers(socket);
    for (let request = requests[next++]; request; request = requests[next++]) {
      const start = performance.now();
      socket.write(request);
      const { value: status } = await answers.next();
      waits.push(performance.now() - start);
      statuses[String(status)] = (statuses[String(status)] ?? 0) + 1;
    }
    socket.destroy();
  };
  await Promise.all(Array.from({ length: clients }, one));
  return { statuses, p99: waits.sort((a, b) => a - b)[Math.floor(waits.length * 0.99)] ?? NaN };
}

/** The status of each answer on a connection; answers have a Content-Length. */
async function* readAnswers(socket: Socket): AsyncGenerator<string, string> {
  let text = '';
  for await (const chunk of socket as AsyncIterable<Buffer>) {
    text += chunk.toString('latin1');
    const end = text.indexOf(END_OF_HEAD);
    if (end < 0) continue;
    const length = parseInt(/content-length: (\d+)/i.exec(text)?.[1] ?? '0', 10);
    if (text.length < end + END_OF_HEAD.length + length) continue;
    yield text.slice(9, 12);
    text = '';
  }
  return 'closed';
}
