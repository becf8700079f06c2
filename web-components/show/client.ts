// Owns a page's way to one Fieldcast server: HTTP calls and the live socket behind one typed object.
import { type Call, createCall, type HttpOptions, type TokenProvider } from './http.ts';
import { LiveSocket, type OpenRawSocket } from './socket.ts';

export interface ClientOptions extends HttpOptions {
  /** Put in by tests; socket.io otherwise. */
  openSocket?: OpenRawSocket;
}

/**
 * - `call(endpoint, { params, query, body, idempotencyKey })` -> `Outcome`, over HTTP, with the Bearer token.
 * - `request(command, input)` -> `Outcome`, over the socket, with an ack timeout.
 * - `on(event, listener)` and `onState(listener)` answer their own unsubscribe function.
 */
export interface Client {
  readonly serverUrl: string;
  readonly call: Call;
  readonly socket: LiveSocket;
  readonly request: LiveSocket['request'];
  readonly on: LiveSocket['on'];
  close(): void;
}

/** Makes a client. It connects its socket at `client.socket.connect()`, not before. */
export function createClient({ serverUrl, token, fetch, openSocket }: ClientOptions): Client {
  const base = serverUrl.replace(/\/+$/, '');
  const shared: { token?: TokenProvider } = token ? { token } : {};
  const socket = new LiveSocket({ serverUrl: base, ...shared, ...(openSocket ? { open: openSocket } : {}) });
  return {
    serverUrl: base,
    call: createCall({ serverUrl: base, ...shared, ...(fetch ? { fetch } : {}) }),
    socket,
    request: (name, input, timeoutMs) => socket.request(name, input, timeoutMs),
    on: (event, listener) => socket.on(event, listener),
    close: () => socket.close(),
  };
}
