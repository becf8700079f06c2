// Owns the HTTP edge: fastify, the order of checks before a handler (limit, token, role, schema), and errors as problem documents.
import { createHash } from 'node:crypto';
import type { Duplex } from 'node:stream';
import fastifyCookie from '@fastify/cookie';
import fastifyCors from '@fastify/cors';
import { fastify, type FastifyInstance, type FastifyReply, type FastifyRequest, LogController, type RouteOptions } from 'fastify';
import * as v from 'valibot';
import type { EndpointSpec } from '../../protocol/endpoint.ts';
import { idempotencyKey } from '../../protocol/ids.ts';
import { problem } from '../../protocol/errors.ts';
import { type Auth, bearerToken, type Caller, requireRight, requireRole } from '../auth.ts';
import { FieldcastError, toProblem } from '../errors.ts';
import type { Logger } from '../log.ts';
import { isLoopback, MinuteLimit } from '../limits.ts';
import type { Metrics } from '../metrics.ts';
import { validate } from '../validate.ts';
import { Door } from './door.ts';
import { foreignOrigin } from './page-origin.ts';
import { Bytes, type EndpointCallMade, type Route, type RouteContext, type WireRoute } from './route.ts';

/** JSON bodies: a shelf of 300 ids or an order of 50 lines is under 16 kB. */
const JSON_LIMIT_BYTES = 128 * 1024;
const ADDRESS_LIMIT_PER_MINUTE = 3_000;

export interface HttpServerOptions {
  auth: Auth;
  log: Logger;
  metrics: Metrics;
  /** Sites that may call from a page, or `*`. */
  allowedOrigins: readonly string[];
  /** Key and certificate in PEM; without it the server speaks plain HTTP. */
  tls?: { key: string; cert: string } | undefined;
}

export async function createHttpServer(options: HttpServerOptions): Promise<FastifyInstance> {
  const app = fastify({
    loggerInstance: options.log as never,
    logController: new LogController({ disableRequestLogging: true }),
    // A logger for each request, with redaction of its own, took an eighth of the time of 300 HLS viewers.
    childLoggerFactory: () => options.log as never,
    // Only a reverse proxy on this machine may name the client's address.
    trustProxy: 'loopback',
    bodyLimit: JSON_LIMIT_BYTES,
    requestTimeout: 30_000,
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 128 },
    // Valibot validates, and answers are plain JSON; fastify's own compilers would only be loaded to stand by.
    schemaController: { compilersFactory: { buildValidator: noSchemas, buildSerializer: noSchemas } },
    frameworkErrors: (error: unknown, request: FastifyRequest, reply: FastifyReply) => sendProblem(error, request, reply, options.log),
    clientErrorHandler: answerUnreadable,
    ...(options.tls ? { https: options.tls } : {}),
  } as object) as unknown as FastifyInstance;

  const door = new Door();
  door.watch(app.server);
  app.addHook('onRequest', (_request, _reply, done) => door.enter(done));

  await app.register(fastifyCookie);
  await app.register(fastifyCors, {
    origin: options.allowedOrigins.includes('*') ? '*' : [...options.allowedOrigins],
    methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'],
    allowedHeaders: ['authorization', 'content-type', 'idempotency-key', 'if-match', 'range'],
    exposedHeaders: ['location', 'etag', 'link', 'retry-after', 'accept-post', 'accept-patch', 'age', 'content-range'],
    maxAge: 86_400,
    // A route may answer OPTIONS itself (WHIP: RFC 9725 section 4.2).
    preflightContinue: true,
    strictPreflight: false,
  });
  app.options('/api/*', (_request, reply) => reply.code(204).send());

  app.setErrorHandler((error: unknown, request, reply) => sendProblem(error, request, reply, options.log));
  app.setNotFoundHandler((_request, reply) => {
    void reply.code(404).type('application/problem+json').send(problem('not-found', 'There is nothing at this address.'));
  });
  let isClosing = false;
  app.addHook('preClose', async () => {
    isClosing = true;
  });
  app.addHook('onSend', async (_request, reply) => {
    // A connection that was busy when closing began would otherwise be kept open for the next call and hold up the stop.
    if (isClosing) reply.header('connection', 'close');
    reply.header('x-content-type-options', 'nosniff');
    if (!reply.hasHeader('referrer-policy')) reply.header('referrer-policy', 'strict-origin-when-cross-origin');
  });
  app.addHook('onResponse', async (request, reply) => {
    const pattern = request.routeOptions.url ?? 'unknown';
    options.metrics.httpSeconds.observe({ method: request.method, route: pattern, status: String(reply.statusCode) }, reply.elapsedTime / 1000);
    options.log.debug({ method: request.method, route: pattern, status: reply.statusCode, ms: Math.round(reply.elapsedTime) }, 'request');
  });
  return app;
}

function noSchemas(): never {
  throw new Error('a route has a JSON schema; the schemas of this server are in its endpoints');
}

/**
 * Registers routes behind the checks that every call passes.
 * @param onStaffCall told of each call of staff that was carried out, before it is answered
 */
export function registerRoutes(app: FastifyInstance, routes: readonly (Route | WireRoute)[], auth: Auth, onStaffCall?: (call: EndpointCallMade) => Promise<void>): void {
  const byAddress = new MinuteLimit(ADDRESS_LIMIT_PER_MINUTE);
  // Bodies are a scope's matter in fastify. A scope for each route, as would be simplest, took a third of the time of a start.
  const scopes = new Map<string, (Route | WireRoute)[]>();
  for (const each of routes) scopes.set(bodiesOf(each), [...(scopes.get(bodiesOf(each)) ?? []), each]);
  for (const alike of scopes.values()) {
    void app.register(async (scope) => {
      acceptBodies(scope, alike[0] as Route | WireRoute);
      for (const each of alike) scope.route(each.kind === 'wire' ? wireOptions(each, auth, byAddress) : endpointOptions(each, auth, byAddress, onStaffCall));
    });
  }
}

function endpointOptions({ spec, handle }: Route, auth: Auth, everyCall: MinuteLimit, onStaffCall: ((call: EndpointCallMade) => Promise<void>) | undefined): RouteOptions {
  const perIdentity = spec.limit?.perIdentity === undefined ? undefined : new MinuteLimit(spec.limit.perIdentity);
  const perAddress = spec.limit?.perAddress === undefined ? undefined : new MinuteLimit(spec.limit.perAddress);
  return {
    method: spec.method,
    url: toFastifyPath(spec.path),
    bodyLimit: spec.raw?.maxBytes ?? JSON_LIMIT_BYTES,
    // Before the body is read, so that nobody without the role can make the server take 12 MB.
    onRequest: async (request) => {
      await limitByAddress(request, spec.isCountedApart ? undefined : everyCall, perAddress);
      const caller = await auth.identify(bearerToken(request.headers.authorization), request.ip, foreignOrigin(request.headers.origin, request.host));
      callers.set(request, caller);
      requireRole(caller, spec.roles);
      requireRight(caller, spec.right);
      // Somebody unknown has a new identity with each call; their address is all there is to count.
      if (caller.isKnown) await perIdentity?.take(caller.claims.identity);
    },
    handler: async (request, reply) => {
      const context = {
        params: spec.params ? validate(spec.params, request.params, 'params') : undefined,
        query: spec.query ? validate(spec.query, request.query, 'query') : undefined,
        body: spec.raw ? rawBody(request) : spec.body ? validate(spec.body, request.body === undefined ? {} : request.body, 'body') : undefined,
        caller: callers.get(request) as Caller,
        once: onceOf(spec, request),
        cookies: request.cookies,
        reply,
      } as RouteContext<EndpointSpec>;
      const answer = await handle(context);
      const { caller, params, query, body } = context;
      if (caller.claims.role !== 'viewer') await onStaffCall?.({ spec, caller, params, query, body, answer });
      if (answer instanceof Bytes) return reply.type(answer.type).send(answer.bytes);
      if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store');
      reply.code(spec.status);
      return spec.status === 204 ? reply.send() : reply.send(answer);
    },
  };
}

function wireOptions(wire: WireRoute, auth: Auth, everyCall: MinuteLimit): RouteOptions {
  const perAddress = wire.limit === undefined ? undefined : new MinuteLimit(wire.limit);
  return {
    method: wire.method,
    url: toFastifyPath(wire.path),
    ...(wire.method === 'GET' ? { exposeHeadRoute: false } : {}),
    onRequest: async (request) => {
      if (!wire.isUnlimited) await limitByAddress(request, everyCall, perAddress);
      const caller = await auth.identify(bearerToken(request.headers.authorization), request.ip, foreignOrigin(request.headers.origin, request.host));
      callers.set(request, caller);
      requireRole(caller, wire.roles);
    },
    handler: (request, reply) => wire.handle(request, reply, callers.get(request) as Caller),
  };
}

const callers = new WeakMap<FastifyRequest, Caller>();

async function limitByAddress(request: FastifyRequest, ...limits: (MinuteLimit | undefined)[]): Promise<void> {
  if (isLoopback(request.ip)) return;
  for (const limit of limits) await limit?.take(request.ip);
}

/** What a route takes as its body, as text, so that routes can be told apart by it. */
function bodiesOf(each: Route | WireRoute): string {
  if (each.kind === 'wire') return JSON.stringify(['text', each.consumes ?? [], each.maxBytes]);
  return each.spec.raw ? JSON.stringify(['bytes', each.spec.raw.types, each.spec.raw.maxBytes]) : 'json';
}

function acceptBodies(scope: FastifyInstance, each: Route | WireRoute): void {
  if (each.kind === 'wire') return acceptRaw(scope, each.consumes ?? [], 'string', each.maxBytes ?? JSON_LIMIT_BYTES);
  if (each.spec.raw) return acceptRaw(scope, each.spec.raw.types, 'buffer', each.spec.raw.maxBytes);
  scope.removeContentTypeParser('text/plain');
}

function acceptRaw(scope: FastifyInstance, types: readonly string[], parseAs: 'buffer' | 'string', bodyLimit: number): void {
  scope.removeAllContentTypeParsers();
  for (const type of types) {
    scope.addContentTypeParser(type, { parseAs: parseAs as 'string', bodyLimit }, (_request, body, done) => done(null, body));
  }
}

function rawBody(request: FastifyRequest): Uint8Array {
  if (request.body instanceof Uint8Array && request.body.length > 0) return request.body;
  throw new FieldcastError('input.invalid', 'The body is empty.');
}

function onceOf(spec: EndpointSpec, request: FastifyRequest): RouteContext<EndpointSpec>['once'] {
  if (!spec.idempotency) return undefined;
  const header = request.headers['idempotency-key'];
  if (header === undefined) {
    if (spec.idempotency === 'accepted') return undefined;
    throw new FieldcastError('idempotency.key-missing', 'This call needs an Idempotency-Key header.');
  }
  const key = v.safeParse(idempotencyKey, header);
  if (!key.success) throw new FieldcastError('input.invalid', 'Idempotency-Key has to be 8 to 128 printable characters.');
  const [path = ''] = request.url.split('?', 1);
  return {
    scope: `${request.method} ${path}`,
    key: key.output,
    requestHash: createHash('sha256').update(JSON.stringify(request.body ?? null)).digest('base64url'),
  };
}

function toFastifyPath(path: string): string {
  return path.replace(/\{(\w+)\}/g, ':$1');
}

function sendProblem(error: unknown, request: FastifyRequest, reply: FastifyReply, log: Logger): void {
  const { problem: document, isFault, headers } = toProblem(fromFastify(error) ?? error);
  if (isFault) log.error({ err: error, method: request.method, route: request.routeOptions.url }, 'request failed');
  for (const [name, value] of Object.entries(headers)) reply.header(name, value);
  void reply.code(document.status).type('application/problem+json').send(JSON.stringify(document));
}

// Bytes that are no HTTP never become a request, so this answer is written by hand.
function answerUnreadable(error: Error & { code?: string }, socket: Duplex): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const isTooLarge = error.code === 'HPE_HEADER_OVERFLOW';
  const document = problem(isTooLarge ? 'input.too-large' : 'input.not-json', isTooLarge ? 'The headers are too large.' : 'This is not HTTP.');
  const body = JSON.stringify(document);
  const head = [`HTTP/1.1 ${document.status} ${document.title}`, 'content-type: application/problem+json', `content-length: ${Buffer.byteLength(body)}`, 'connection: close'];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}

// What fastify itself refuses before a handler runs.
function fromFastify(error: unknown): FieldcastError | undefined {
  const { code, statusCode } = error as { code?: string; statusCode?: number };
  if (error instanceof FieldcastError) return undefined;
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return new FieldcastError('input.too-large', 'The body is too large.');
  if (code === 'FST_ERR_BAD_URL' || code === 'FST_ERR_MAX_PARAM_LENGTH') return new FieldcastError('not-found', 'There is nothing at this address.');
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return new FieldcastError('input.media-type', 'This content type is not taken here.');
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) {
    return new FieldcastError('input.not-json', 'The request cannot be read.');
  }
  return undefined;
}
