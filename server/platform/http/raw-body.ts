import express, { type RequestHandler } from 'express';

const MIB = 1_048_576;

/** For orders as platforms send them: one with hundreds of lines is larger than a MiB. */
export const PLATFORM_HOOK_LIMIT = 8 * MIB;

/**
 * Leaves the body's bytes as they arrived in `request.body` (a Buffer, empty when there is none), because
 * signatures are over bytes. More than `limit` bytes are refused as `body-too-large`.
 */
export function rawBody(limit = MIB): RequestHandler[] {
  const ensureBuffer: RequestHandler = (request, _response, next) => {
    if (!Buffer.isBuffer(request.body)) request.body = Buffer.alloc(0);
    next();
  };
  return [express.raw({ type: () => true, limit }), ensureBuffer];
}
