// Owns the routes about the server itself: health, metrics, its own description, its authority, and the uplink probe.
import { roles } from './protocol/access.ts';
import { renderSVG } from 'uqr';
import { probeUplink, readTrust } from './protocol/endpoints.ts';
import { requireRole } from './platform/auth.ts';
import { type Route, route, type WireRoute } from './platform/http/route.ts';
import { isLoopback } from './platform/limits.ts';
import type { Metrics } from './platform/metrics.ts';
import type { Trust } from './platform/tls/trust-page.ts';

export function serviceRoutes(deps: {
  metrics: Metrics;
  /** Why the server cannot do its work now; empty when it can. */
  readiness: () => Promise<string[]>;
  openApi: () => object;
  asyncApi: () => object;
  /** Where the server is its own certificate authority. */
  trust: () => Trust | undefined;
}): (Route | WireRoute)[] {
  const get = (path: `/${string}`, summary: string, produces: string, handle: WireRoute['handle']): WireRoute => ({
    kind: 'wire',
    method: 'GET',
    path,
    summary,
    roles,
    produces: [produces],
    handle,
  });
  return [
    get('/health/live', 'The process answers', 'application/json', (_request, reply) => reply.send({ status: 'ok' })),
    get('/health/ready', 'The server can do its work; 503 with reasons when not', 'application/json', async (_request, reply) => {
      const reasons = await deps.readiness();
      return reply.code(reasons.length === 0 ? 200 : 503).send({ status: reasons.length === 0 ? 'ok' : 'unavailable', reasons });
    }),
    get('/metrics', 'Prometheus text; operator token, or from the machine itself', 'text/plain', async (request, reply, caller) => {
      if (!isLoopback(request.ip)) requireRole(caller, ['operator']);
      return reply.type(deps.metrics.registry.contentType).send(await deps.metrics.registry.metrics());
    }),
    get('/openapi.json', 'Every HTTP route with its schema and roles', 'application/json', (_request, reply) => reply.send(deps.openApi())),
    get('/asyncapi.json', 'Every socket command and event with its schema and roles', 'application/json', (_request, reply) =>
      reply.send(deps.asyncApi()),
    ),
    route(readTrust, () => {
      const trust = deps.trust();
      return { trust: trust ? { ...trust, qrSvg: renderSVG(trust.url) } : null };
    }),
    route(probeUplink, ({ body }) => ({ bytes: body.length })),
  ];
}
