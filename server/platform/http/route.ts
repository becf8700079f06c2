// Owns what a route is: an endpoint of the contract joined with its handler, or a wire protocol that keeps its own bodies.
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { EndpointInput, EndpointResult, EndpointSpec } from '../../protocol/endpoint.ts';
import type { Role } from '../../protocol/access.ts';
import type { Caller } from '../auth.ts';
import type { Once } from '../db/database.ts';

export interface RouteContext<E extends EndpointSpec> extends EndpointInput<E> {
  caller: Caller;
  /** Set when the call has an `Idempotency-Key`; hand it to `Database.writeOnce`. */
  once: Once | undefined;
  /** Cookies of the request, by name. */
  cookies: Readonly<Record<string, string | undefined>>;
  /** For headers and cookies only; the body is what the handler returns. */
  reply: FastifyReply;
}

/** A call of an endpoint that has been carried out. */
export interface EndpointCallMade {
  spec: EndpointSpec;
  caller: Caller;
  params: unknown;
  query: unknown;
  body: unknown;
  /** What the handler returned. */
  answer: unknown;
}

/** What a handler may return instead of the endpoint's JSON: bytes with their type. */
export class Bytes {
  readonly bytes: Uint8Array;
  readonly type: string;
  constructor(bytes: Uint8Array, type: string) {
    this.bytes = bytes;
    this.type = type;
  }
}

export interface Route {
  kind: 'endpoint';
  spec: EndpointSpec;
  handle: (context: RouteContext<any>) => unknown;
}

/** Joins an endpoint with its handler; types of params, query, body and answer come from the endpoint. */
export function route<const E extends EndpointSpec>(
  spec: E,
  handle: (context: RouteContext<E>) => Promise<EndpointResult<E> | Bytes> | EndpointResult<E> | Bytes,
): Route {
  return { kind: 'endpoint', spec, handle };
}

/** A route whose bodies are not JSON and whose statuses belong to a protocol (WHIP, WHEP, metrics). Still listed with its roles. */
export interface WireRoute {
  kind: 'wire';
  method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS';
  /** `{name}` is a path parameter. */
  path: `/${string}`;
  summary: string;
  roles: readonly Role[];
  /** Media types that arrive as a string in `request.body`; others are refused with 415. */
  consumes?: readonly string[];
  /** Media types of the answer, for openapi.json. */
  produces?: readonly string[];
  maxBytes?: number;
  /** Calls a minute for one address. */
  limit?: number;
  /** Not counted by address at all: for what hundreds of viewers behind one address ask for several times a second. */
  isUnlimited?: boolean;
  handle: (request: FastifyRequest, reply: FastifyReply, caller: Caller) => unknown;
}
