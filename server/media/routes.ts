// Owns the HTTP addresses of WHIP (RFC 9725) and WHEP: one endpoint a stream, one resource a session, every status of the standards.
import type { FastifyRequest } from 'fastify';
import * as v from 'valibot';
import type { Caller } from '../platform/auth.ts';
import { type Clock, systemClock } from '../platform/clock.ts';
import { FieldcastError } from '../platform/errors.ts';
import type { WireRoute } from '../platform/http/route.ts';
import { type Role, roles } from '../protocol/access.ts';
import { id } from '../protocol/ids.ts';
import { openWhep } from './egress/whep.ts';
import type { Visitor } from './budget/seat.ts';
import type { EgressSession } from './egress/webrtc.ts';
import { openWhip } from './ingest/whip.ts';
import type { IngestSession } from './ingest/webrtc.ts';
import type { Media } from './media.ts';
import { type Relays, relayLinks } from './relays.ts';
import { type Offer, SDP_LIMIT_BYTES } from './sdp/offer.ts';
import { WireSession } from './wire-session.ts';
import type { WireSessions } from './wire-sessions.ts';

const SDP = 'application/sdp';
const FRAGMENT = 'application/trickle-ice-sdpfrag';
const FRAGMENT_LIMIT_BYTES = 16 * 1024;
const PUBLISHERS: readonly Role[] = ['host', 'operator'];

/** Who may do what with a stream is known outside; both throw a FieldcastError for who may not, `not-found` for an unknown stream. */
export interface MediaAccess {
  mayPublish(caller: Caller, streamId: string): Promise<void>;
  mayWatch(caller: Caller, streamId: string): Promise<void>;
}

export interface MediaRoutesDeps {
  media: Pick<Media, 'stream' | 'find' | 'relays' | 'uplink'>;
  access: MediaAccess;
  /** Where the sessions that are opened here are kept. */
  wires: WireSessions;
  /** Where clients reach this server, without a trailing slash; empty or missing: as the request says. */
  publicUrl?: string;
  clock?: Clock;
}

interface Protocol {
  name: 'WHIP' | 'WHEP';
  path: `/${string}`;
  roles: readonly Role[];
  mayUse(caller: Caller, streamId: string): Promise<void>;
  open(streamId: string, sdp: string, caller: Caller): Promise<{ session: IngestSession | EgressSession; offer: Offer; answer: string }>;
}

export function mediaRoutes(deps: MediaRoutesDeps): WireRoute[] {
  const { media, access, wires, publicUrl = '', clock = systemClock } = deps;
  const whip: Protocol = {
    name: 'WHIP',
    path: '/whip',
    roles: PUBLISHERS,
    mayUse: (caller, streamId) => access.mayPublish(caller, streamId),
    open: (streamId, sdp) => openWhip(media.stream(streamId), sdp),
  };
  const whep: Protocol = {
    name: 'WHEP',
    path: '/whep',
    roles,
    mayUse: (caller, streamId) => access.mayWatch(caller, streamId),
    open: (streamId, sdp, caller) => openWhep(media.find(streamId), sdp, clock, media.uplink.seat(watcher(streamId, caller))),
  };
  return [whip, whep].flatMap((protocol) => protocolRoutes(protocol, wires, publicUrl, media.relays));
}

function protocolRoutes(protocol: Protocol, wires: WireSessions, publicUrl: string, relays: Relays): WireRoute[] {
  const endpoint = { kind: 'wire', path: `${protocol.path}/{showId}` } as const;
  const resource = { kind: 'wire', path: `${protocol.path}/{showId}/sessions/{sessionId}` } as const;

  async function find(request: FastifyRequest, caller: Caller): Promise<WireSession> {
    const streamId = parameter(request, 'showId');
    await protocol.mayUse(caller, streamId);
    const session = wires.find(parameter(request, 'sessionId'));
    if (session?.streamId !== streamId || session.protocol !== protocol.name) throw new FieldcastError('media.not-found', 'There is no such session.');
    return session;
  }

  return [
    {
      ...endpoint,
      method: 'POST',
      summary: `${protocol.name}: start a session with an SDP offer`,
      roles: protocol.roles,
      consumes: [SDP],
      produces: [SDP],
      maxBytes: SDP_LIMIT_BYTES,
      limit: 60,
      async handle(request, reply, caller) {
        const streamId = parameter(request, 'showId');
        await protocol.mayUse(caller, streamId);
        const { session, offer, answer } = await protocol.open(streamId, textOf(request, SDP), caller);
        const wire = new WireSession(protocol.name, streamId, session, offer);
        wires.add(wire, caller, protocol.mayUse);
        const location = `${origin(request, publicUrl)}${protocol.path}/${streamId}/sessions/${wire.id}`;
        const links = relayLinks(relays.forOneClient());
        if (links.length > 0) reply.header('link', links);
        return reply.code(201).header('location', location).header('etag', wire.etag).header('accept-patch', FRAGMENT).type(SDP).send(answer);
      },
    },
    {
      ...resource,
      method: 'PATCH',
      summary: `${protocol.name}: further ICE candidates, or an ICE restart with If-Match: *`,
      roles: protocol.roles,
      consumes: [FRAGMENT],
      produces: [FRAGMENT],
      maxBytes: FRAGMENT_LIMIT_BYTES,
      limit: 240,
      async handle(request, reply, caller) {
        const session = await find(request, caller);
        const fragment = await session.patch(request.headers['if-match'], textOf(request, FRAGMENT));
        if (fragment === undefined) return reply.code(204).send();
        return reply.code(200).header('etag', session.etag).type(FRAGMENT).send(fragment);
      },
    },
    {
      ...resource,
      method: 'DELETE',
      summary: `${protocol.name}: end the session`,
      roles: protocol.roles,
      limit: 120,
      async handle(request, reply, caller) {
        (await find(request, caller)).close();
        return reply.code(200).send();
      },
    },
    ...(['GET', 'HEAD'] as const).flatMap((method): WireRoute[] => [
      { ...endpoint, method, summary: `${protocol.name}: without content`, roles, handle: (_request, reply) => reply.code(204).send() },
      {
        ...resource,
        method,
        summary: `${protocol.name}: whether the session is there, without content`,
        roles: protocol.roles,
        async handle(request, reply, caller) {
          await find(request, caller);
          return reply.code(204).send();
        },
      },
    ]),
    options(endpoint, `${protocol.name}: what the endpoint takes`, { allow: 'GET, HEAD, POST, OPTIONS', 'accept-post': SDP }),
    options(resource, `${protocol.name}: what a session takes`, { allow: 'GET, HEAD, PATCH, DELETE, OPTIONS', 'accept-patch': FRAGMENT }),
    ...(['PUT', 'PATCH', 'DELETE'] as const).map((method) => notAllowed(endpoint, method, 'GET, HEAD, POST, OPTIONS')),
    ...(['PUT', 'POST'] as const).map((method) => notAllowed(resource, method, 'GET, HEAD, PATCH, DELETE, OPTIONS')),
  ];
}

// A player has no way to be told of its level or its turn.
function watcher(streamId: string, caller: Caller): Visitor {
  return { streamId, identity: caller.claims.identity, rank: 'viewer', wish: 'full', allotted: () => undefined };
}

function options(place: Pick<WireRoute, 'kind' | 'path'>, summary: string, headers: Record<string, string>): WireRoute {
  return { ...place, method: 'OPTIONS', summary, roles, handle: (_request, reply) => reply.code(200).headers(headers).send() };
}

function notAllowed(place: Pick<WireRoute, 'kind' | 'path'>, method: WireRoute['method'], allow: string): WireRoute {
  return {
    ...place,
    method,
    summary: 'Not allowed',
    roles,
    consumes: [SDP, FRAGMENT, 'application/json'],
    handle() {
      throw new FieldcastError('method.not-allowed', `${method} is not allowed here.`, { headers: { allow } });
    },
  };
}

/** @throws FieldcastError `not-found` for what cannot be an id */
function parameter(request: FastifyRequest, name: string): string {
  const outcome = v.safeParse(id, (request.params as Record<string, unknown>)[name]);
  if (!outcome.success) throw new FieldcastError('not-found', 'There is nothing at this address.');
  return outcome.output;
}

function textOf(request: FastifyRequest, type: string): string {
  if (typeof request.body === 'string' && request.body !== '') return request.body;
  if (request.headers['content-type'] === undefined) throw new FieldcastError('input.media-type', `The body has to be ${type}.`);
  throw new FieldcastError('media.sdp-invalid', 'The body is empty.');
}

// Some clients cannot resolve a relative Location, so it is absolute wherever the request tells how the server was reached.
function origin(request: FastifyRequest, publicUrl: string): string {
  if (publicUrl !== '') return publicUrl;
  return /^[A-Za-z0-9._:[\]-]{1,255}$/.test(request.host) ? `${request.protocol}://${request.host}` : '';
}
