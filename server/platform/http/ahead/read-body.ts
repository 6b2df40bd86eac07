import type { IncomingMessage } from 'node:http';
import { DomainError } from '../../../shared/errors.ts';

/**
 * The bytes of a request's body.
 * @throws DomainError `body-too-large` above `limit` bytes, `malformed-body` when the client hangs up.
 */
export function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= limit) chunks.push(chunk);
      else reject(tooLarge(limit));
    });
    request.once('end', () => resolve(Buffer.concat(chunks)));
    request.once('error', () => reject(endedEarly()));
  });
}

function tooLarge(limit: number): DomainError {
  const help = `Send at most ${limit} bytes at once; a batch of events may be halved.`;
  return new DomainError('body-too-large', 'The body is too large.', help);
}

function endedEarly(): DomainError {
  const help = 'Send a complete, well-formed request.';
  return new DomainError('malformed-body', 'The request ended before its body did.', help);
}
