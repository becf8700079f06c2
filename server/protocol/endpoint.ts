// Owns the two ways into the server as data: an HTTP endpoint and a socket command, each with its roles and schemas.
// The server implements them, the browser calls them, openapi.json and asyncapi.json are printed from them.
import type * as v from 'valibot';
import type { Right, Role } from './access.ts';

/** Any valibot schema without asynchronous steps. */
export type Schema = v.GenericSchema;

export interface EndpointSpec {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Full path; `{name}` is a path parameter. */
  path: `/${string}`;
  summary: string;
  /** Who may call it at all; ownership (this show, this order) is checked on top. */
  roles: readonly Role[];
  /** What a helper needs besides the role; everybody else in `roles` has it. */
  right?: Right;
  params?: Schema;
  query?: Schema;
  body?: Schema;
  /** Status of success and the body that comes with it (none for 204). */
  status: number;
  response?: Schema;
  /** `Idempotency-Key`: `required` refuses a call without it, `accepted` answers a repeated call as the first one. */
  idempotency?: 'required' | 'accepted';
  /** Calls a minute for one identity and for one address. */
  limit?: { perIdentity?: number; perAddress?: number };
  /** Its calls have limits of their own and take nothing from what an address may call otherwise: a thousand viewers may share one. */
  isCountedApart?: boolean;
  /** Accepted media types where the body is not JSON; it arrives as raw bytes up to `maxBytes`. */
  raw?: { types: readonly string[]; maxBytes: number };
  /** Media type of the answer where it is not JSON; it arrives as a file. */
  produces?: string;
}

/** Bytes to upload; the object form is a browser's `Blob`. */
export type RawBody = ArrayBuffer | Uint8Array | { arrayBuffer(): Promise<ArrayBuffer> };

/** An answer that is a file; in a browser a `Blob`. */
export interface FileAnswer {
  readonly size: number;
  readonly type: string;
  text(): Promise<string>;
}

type Output<S> = S extends Schema ? v.InferOutput<S> : undefined;
type Input<S> = S extends Schema ? v.InferInput<S> : undefined;

export interface CommandSpec {
  name: string;
  summary: string;
  roles: readonly Role[];
  input: Schema;
  result: Schema;
  /** Calls a minute for one socket. */
  limit?: number;
}

export const endpoint = <const E extends EndpointSpec>(spec: E): E => spec;
export const command = <const C extends CommandSpec>(spec: C): C => spec;

/** Validated parts as a handler gets them. */
export interface EndpointInput<E extends EndpointSpec> {
  params: Output<E['params']>;
  query: Output<E['query']>;
  body: E['raw'] extends object ? Uint8Array : Output<E['body']>;
}
/** Parts as a client has to send them. */
export type EndpointCall<E extends EndpointSpec> = (E['params'] extends Schema ? { params: Input<E['params']> } : { params?: undefined }) &
  (E['query'] extends Schema ? { query?: Input<E['query']> } : { query?: undefined }) &
  (E['raw'] extends object ? { body: RawBody } : E['body'] extends Schema ? { body: Input<E['body']> } : { body?: undefined });
export type EndpointResult<E extends EndpointSpec> = E['produces'] extends string ? FileAnswer : Output<E['response']>;
