// Owns the socket edge: for every command validate, authorise, count, run, acknowledge. No command may end the process.
import type { Server as HttpServer } from 'node:http';
import { type DefaultEventsMap, Server, type Socket } from 'socket.io';
import { type CommandName, type CommandResult, commands } from '../protocol/commands.ts';
import type { EventName, EventPayload } from '../protocol/events.ts';
import type { Result } from '../protocol/errors.ts';
import type * as v from 'valibot';
import { type Auth, type Caller, requireRole } from './auth.ts';
import { Broadcast } from './broadcast.ts';
import { FieldcastError, toProblem } from './errors.ts';
import { foreignOrigin } from './http/page-origin.ts';
import type { Logger } from './log.ts';
import { isLoopback, MinuteLimit } from './limits.ts';
import type { Metrics } from './metrics.ts';
import { Scope } from './scope.ts';
import { validate } from './validate.ts';

/** RTP parameters and capabilities are under 10 kB; nothing a client sends is larger. */
const MESSAGE_LIMIT_BYTES = 64 * 1024;

/** A phone that has lost its network is noticed after 15 s at the latest, not after socket.io's 45. */
const PING_MS = { interval: 8_000, timeout: 7_000 };
/** Asking 14,000 connections every 8 s takes a fifth of a core, so whoever comes to a house of thousands is asked less often. */
const CROWD = { from: 2_000, intervalMs: 20_000 };

/** One connection. What it opens registers its end on `scope`. */
export class Peer {
  readonly id: string;
  /** Who it is; `claims.rights` may become others while it lasts. */
  caller: Caller;
  /** As the connection said it; empty without. */
  readonly userAgent: string;
  readonly scope = new Scope();
  readonly #socket: Socket;

  constructor(socket: Socket, caller: Caller) {
    this.id = socket.id;
    this.caller = caller;
    this.userAgent = socket.handshake.headers['user-agent'] ?? '';
    this.#socket = socket;
  }

  send<N extends EventName>(event: N, payload: EventPayload<N>): void {
    this.#socket.emit(event as string, payload);
  }

  enter(room: string): void {
    void this.#socket.join(room);
  }

  leave(room: string): void {
    void this.#socket.leave(room);
  }

  disconnect(): void {
    this.#socket.disconnect(true);
  }
}

export type CommandHandlers = {
  [N in CommandName]: (
    input: v.InferOutput<(typeof commands)[N]['input']>,
    peer: Peer,
  ) => Promise<CommandResult<N>> | CommandResult<N>;
};

export interface SocketServer {
  /** Sends an event to everyone in a room. */
  toRoom<N extends EventName>(room: string, event: N, payload: EventPayload<N>): void;
  /** Sends an event to every connection. */
  toAll<N extends EventName>(event: N, payload: EventPayload<N>): void;
  /** Connections of whoever came by a link. */
  peersOf(linkId: string): readonly Peer[];
  close(): Promise<void>;
}

export interface SocketServerOptions {
  http: HttpServer;
  auth: Auth;
  log: Logger;
  metrics: Metrics;
  allowedOrigins: readonly string[];
  handlers: CommandHandlers;
}

export function createSocketServer(options: SocketServerOptions): SocketServer {
  const { auth, log } = options;
  const io = new Server<DefaultEventsMap, DefaultEventsMap, DefaultEventsMap, { caller: Caller }>(options.http, {
    path: '/socket.io/',
    cors: { origin: options.allowedOrigins.includes('*') ? '*' : [...options.allowedOrigins] },
    maxHttpBufferSize: MESSAGE_LIMIT_BYTES,
    pingInterval: PING_MS.interval,
    pingTimeout: PING_MS.timeout,
    serveClient: false,
    httpCompression: false,
    perMessageDeflate: false,
  });
  // engine.io reports what it cannot parse here; the connection is closed by it.
  io.engine.on('connection_error', (error: { code: number }) => log.debug({ engineCode: error.code }, 'socket refused'));

  // Each connection keeps the interval that it was told of when it came.
  io.engine.on('connection', () => {
    io.engine.opts.pingInterval = io.engine.clientsCount < CROWD.from ? PING_MS.interval : CROWD.intervalMs;
  });

  io.use((socket, next) => {
    const token: unknown = (socket.handshake.auth as { token?: unknown } | undefined)?.token;
    const usable = typeof token === 'string' && token.length <= 4096 && token !== '' ? token : undefined;
    const { headers, address } = socket.handshake;
    // As at the HTTP edge, only a reverse proxy on this machine may say who called it, and by which name.
    const forwarded = (name: string): string | undefined => {
      const value = isLoopback(address) ? headers[name] : undefined;
      return typeof value === 'string' ? (value.split(',').at(-1) ?? '').trim() : undefined;
    };
    auth
      .identify(usable, forwarded('x-forwarded-for') ?? address, foreignOrigin(headers.origin, forwarded('x-forwarded-host') ?? headers.host))
      .then((caller) => {
        socket.data.caller = caller;
        next();
      })
      .catch((error: unknown) => {
        const refusal = new Error('refused') as Error & { data: unknown };
        refusal.data = toProblem(error).problem;
        next(refusal);
      });
  });

  const broadcast = new Broadcast(io);
  const byLink = new Map<string, readonly Peer[]>();
  io.on('connection', (socket) => {
    const peer = new Peer(socket, socket.data.caller);
    const { linkId } = peer.caller.claims;
    if (linkId !== undefined) {
      byLink.set(linkId, [...(byLink.get(linkId) ?? []), peer]);
      peer.scope.add(() => {
        const others = byLink.get(linkId)?.filter((other) => other !== peer) ?? [];
        if (others.length > 0) byLink.set(linkId, others);
        else byLink.delete(linkId);
      });
    }
    const limits = new Map<CommandName, MinuteLimit>();
    socket.on('error', (error) => log.debug({ err: error }, 'socket error'));
    socket.on('disconnect', () => {
      peer.scope.close().catch((error: unknown) => log.error({ err: error }, 'closing a connection failed'));
    });
    socket.onAny((name: unknown, ...rest: unknown[]) => {
      const acknowledge = rest.at(-1);
      const answer = (result: Result<unknown>) => {
        if (typeof acknowledge === 'function') (acknowledge as (result: Result<unknown>) => void)(result);
      };
      const startedAt = performance.now();
      run(name, rest[0], peer, limits)
        .then((value) => answer({ ok: true, value }))
        .catch((error: unknown) => {
          const { problem, isFault } = toProblem(error);
          if (isFault) log.error({ err: error, command: isCommand(name) ? name : 'unknown' }, 'command failed');
          answer({ ok: false, error: problem });
          return problem.code;
        })
        .then((code) => {
          const labels = { command: isCommand(name) ? name : 'unknown', outcome: code ?? 'ok' };
          options.metrics.commandSeconds.observe(labels, (performance.now() - startedAt) / 1000);
        })
        .catch((error: unknown) => log.error({ err: error }, 'acknowledging failed'));
    });
  });

  async function run(name: unknown, input: unknown, peer: Peer, limits: Map<CommandName, MinuteLimit>): Promise<unknown> {
    if (!isCommand(name)) throw new FieldcastError('not-found', 'There is no such command.');
    const spec = commands[name];
    requireRole(peer.caller, spec.roles);
    let limit = limits.get(name);
    if (!limit) limits.set(name, (limit = new MinuteLimit('limit' in spec ? spec.limit : 60)));
    await limit.take('');
    const handle = options.handlers[name] as (input: unknown, peer: Peer) => unknown;
    return handle(validate(spec.input, typeof input === 'function' ? undefined : input, 'command'), peer);
  }

  return {
    toRoom: (room, event, payload) => broadcast.tell(room, event, payload),
    toAll: (event, payload) => void io.emit(event as string, payload),
    peersOf: (linkId) => byLink.get(linkId) ?? [],
    // Not `io.close()`: the HTTP server has an owner of its own, which closes it after answers under way.
    async close() {
      io.disconnectSockets(true);
      io.engine.close();
    },
  };
}

function isCommand(name: unknown): name is CommandName {
  return typeof name === 'string' && Object.hasOwn(commands, name);
}
