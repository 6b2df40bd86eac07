import type { IncomingHttpHeaders } from 'node:http';
import type { z } from 'zod';
import type { Access, AnyCaller, CallerOf } from './admit-caller.ts';
import { parseInputs } from './parse-inputs.ts';

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** What the OpenAPI document tells about a route. */
export interface RouteDescription {
  method: Method;
  /** In Express notation, e.g. `/api/v1/affiliates/:id`. */
  path: string;
  /** One sentence for the reader of the documentation. */
  summary: string;
  access: Access;
  params?: z.ZodType;
  query?: z.ZodType;
  body?: z.ZodType;
  /** Headers that the caller must send, for the documentation. */
  headers?: z.ZodObject;
  response?: z.ZodType;
  /** Of an answer that is no JSON but text, e.g. `image/svg+xml`. */
  responseType?: string;
  /** True for pages, which refuse in HTML. */
  isPage?: boolean;
  /** The status of success; 200 when left out. */
  status?: number;
  /** True for what a shop's pages call from the buyer's browser: any origin, JSON also as `text/plain`. */
  crossSite?: boolean;
}

/** A request as the edge hands it to a route, not yet checked. */
export interface RouteRequest {
  params: unknown;
  query: unknown;
  body: unknown;
  caller: AnyCaller | undefined;
  /** The client's address, for limits only. */
  ip: string;
  /** As they came; a route that needs one checks it itself. */
  headers: IncomingHttpHeaders;
  /** How the client reaches this server, e.g. `https://partners.example`; clients may state anything. */
  origin: string;
}

/** A route as the app mounts it. `run` checks the request, calls the use case and shapes the answer. */
export interface RouteDefinition extends RouteDescription {
  status: number;
  run: (request: RouteRequest) => Promise<unknown>;
}

interface RouteInput<A extends Access, P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> {
  caller: CallerOf<A>;
  params: z.output<P>;
  query: z.output<Q>;
  body: z.output<B>;
  ip: string;
  headers: IncomingHttpHeaders;
  origin: string;
}

interface RouteSpec<
  A extends Access,
  P extends z.ZodType,
  Q extends z.ZodType,
  B extends z.ZodType,
  R extends z.ZodType,
> extends RouteDescription {
  access: A;
  params?: P;
  query?: Q;
  body?: B;
  response?: R;
  handle: (input: RouteInput<A, P, Q, B>) => Promise<z.input<R>>;
}

/**
 * The one way to declare a route of the API. The schemas check what comes in, shape what goes out (a member
 * that `response` does not name never leaves the server) and make the OpenAPI document.
 */
export function defineRoute<
  A extends Access,
  P extends z.ZodType = z.ZodUndefined,
  Q extends z.ZodType = z.ZodUndefined,
  B extends z.ZodType = z.ZodUndefined,
  R extends z.ZodType = z.ZodVoid,
>(spec: RouteSpec<A, P, Q, B, R>): RouteDefinition {
  const { handle, ...description } = spec;
  return {
    ...description,
    status: spec.status ?? 200,
    async run(request) {
      const inputs = parseInputs(spec, request);
      const { caller, ip, headers, origin } = request;
      const input = { ...inputs, caller, ip, headers, origin } as RouteInput<A, P, Q, B>;
      const output = await handle(input);
      return spec.response?.parse(output);
    },
  };
}
