// Owns the live socket to one server: commands with acks, facts, connection state, reconnecting by itself.
import { io, type Socket } from 'socket.io-client';
import type { CommandInput, CommandName, CommandResult } from '../../server/protocol/commands.ts';
import type { Result } from '../../server/protocol/errors.ts';
import type { EventName, EventPayload } from '../../server/protocol/events.ts';
import type { TokenProvider } from './http.ts';
import { failure, type Outcome } from './outcome.ts';

/** `idle` before the first `connect()`; `offline` while a lost connection is being made again. */
export type ConnectionState = 'idle' | 'connecting' | 'connected' | 'offline';

/** The part of socket.io's socket that is used here; tests put their own at this edge. */
export type RawSocket = Pick<Socket, 'on' | 'off' | 'connect' | 'disconnect' | 'connected' | 'active' | 'timeout'> & {
  io?: { engine?: { close(): void } };
};
export type OpenRawSocket = (serverUrl: string, auth: (done: (data: object) => void) => void) => RawSocket;

/** First retry after about 250 ms, then up to 0.7 s, each spread by half: a restarted server is found at once and not stormed. */
export const RETRY_FIRST_MS = 250;
export const RETRY_MAX_MS = 700;
/** Everybody waits for the host's picture, and there is one host: that page looks more often. */
const HOST_RETRY_MAX_MS = 400;
const ACK_TIMEOUT_MS = 8_000;

const opener =
  (retryMaxMs: number): OpenRawSocket =>
  (serverUrl, auth) =>
    io(serverUrl, {
      autoConnect: false,
      forceNew: true,
      auth,
      transports: ['websocket', 'polling'],
      tryAllTransports: true,
      timeout: 5_000,
      reconnectionDelay: RETRY_FIRST_MS,
      reconnectionDelayMax: retryMaxMs,
      randomizationFactor: 0.5,
    });

export const openSocketIo = opener(RETRY_MAX_MS);
/** For a page that sends. */
export const openHostSocket = opener(HOST_RETRY_MAX_MS);

export interface SocketOptions {
  serverUrl: string;
  token?: TokenProvider;
  open?: OpenRawSocket;
}

export class LiveSocket {
  #raw: RawSocket;
  #state: ConnectionState = 'idle';
  #listeners = new Set<(state: ConnectionState) => void>();
  #retry: ReturnType<typeof setTimeout> | undefined;
  #refresh = false;
  #wanted = false;
  #onOnline = () => this.#whenOnline();
  #onOffline = () => this.#set('offline');

  constructor({ serverUrl, token, open = openSocketIo }: SocketOptions) {
    this.#raw = open(serverUrl, async (done) => {
      const refresh = this.#refresh;
      this.#refresh = false;
      const bearer = await token?.(refresh).catch(() => null);
      done(bearer ? { token: bearer } : {});
    });
    this.#raw.on('connect', () => this.#set('connected'));
    this.#raw.on('disconnect', () => {
      this.#set('offline');
      this.#retryIfGivenUp();
    });
    this.#raw.on('connect_error', (error: Error & { data?: { code?: string } }) => {
      if (error.data?.code?.startsWith('auth.')) this.#refresh = true;
      this.#set('offline');
      this.#retryIfGivenUp();
    });
    this.#raw.on('server.closing', ({ retryMs }: EventPayload<'server.closing'>) => {
      clearTimeout(this.#retry);
      this.#retry = setTimeout(() => this.reconnect(), retryMs * (0.5 + Math.random()));
    });
  }

  get state(): ConnectionState {
    return this.#state;
  }

  /** Calls back on every change of state; answers the function that stops it. */
  onState(listener: (state: ConnectionState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  connect(): void {
    if (this.#wanted) return;
    this.#wanted = true;
    if (typeof addEventListener === 'function') {
      addEventListener('online', this.#onOnline);
      addEventListener('offline', this.#onOffline);
    }
    this.#set('connecting');
    this.#raw.connect();
  }

  /** Drops a connection that looks alive but is not, and makes a new one. */
  reconnect(): void {
    if (!this.#wanted) return;
    this.#raw.disconnect();
    this.#raw.connect();
  }

  close(): void {
    this.#wanted = false;
    clearTimeout(this.#retry);
    if (typeof removeEventListener === 'function') {
      removeEventListener('online', this.#onOnline);
      removeEventListener('offline', this.#onOffline);
    }
    this.#raw.disconnect();
    this.#set('idle');
  }

  /** Sends a command and waits for its ack. Not connected is an answer too: what was queued would arrive too late to be meant. */
  async request<N extends CommandName>(name: N, input: CommandInput<N>, timeoutMs = ACK_TIMEOUT_MS): Promise<Outcome<CommandResult<N>>> {
    if (!this.#raw.connected) return failure('network.offline', `not connected: ${name}`);
    try {
      return (await this.#raw.timeout(timeoutMs).emitWithAck(name, input)) as Result<CommandResult<N>>;
    } catch {
      return failure(this.#raw.connected ? 'network.timeout' : 'network.offline', `no ack of ${name}`);
    }
  }

  on<N extends EventName>(event: N, listener: (payload: EventPayload<N>) => void): () => void {
    // socket.io types a listener by its own event map, which an untyped socket does not have.
    const raw = this.#raw as { on(event: string, listener: unknown): unknown; off(event: string, listener: unknown): unknown };
    raw.on(event, listener);
    return () => void raw.off(event, listener);
  }

  /** socket.io retries lost connections, but not one that the server closed or refused. */
  #retryIfGivenUp(): void {
    if (!this.#wanted || this.#raw.active) return;
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => this.#wanted && this.#raw.connect(), RETRY_FIRST_MS + Math.random() * (this.#refresh ? RETRY_FIRST_MS : RETRY_MAX_MS));
  }

  #whenOnline(): void {
    if (this.#raw.connected) this.#set('connected');
    // The waiting retry may be seconds away; the network is here now.
    else this.reconnect();
  }

  #set(state: ConnectionState): void {
    if (state === this.#state) return;
    this.#state = state;
    for (const listener of this.#listeners) listener(state);
  }
}
