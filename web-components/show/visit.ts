// Owns one viewer's visit to one show: connection, confirmed picture, cart, orders on their way. Opened and closed as a whole.
import type { Buyer, Order, OrderRequest } from '../../server/protocol/order.ts';
import { openBuyer } from './buyer.ts';
import { Cart } from './cart.ts';
import { type Client, type ClientOptions, createClient } from './client.ts';
import { Outbox } from './outbox.ts';
import { failure } from './outcome.ts';
import { Playhead } from './playhead.ts';
import { ShowStore } from './show-store.ts';
import { type DeviceStorage, deviceStorage, type Kept } from './storage.ts';
import { openViewerToken, type ViewerToken } from './viewer-token.ts';

export interface VisitOptions extends Omit<ClientOptions, 'token'> {
  showId: string;
  storage?: DeviceStorage;
}

export interface Visit {
  readonly serverUrl: string;
  readonly showId: string;
  /** By the page's clock, ms. */
  readonly openedAt: number;
  readonly client: Client;
  readonly store: ShowStore;
  readonly playhead: Playhead;
  /** Products pinned at the moment of the picture, live or in the replay, the main one first. */
  readonly pins: readonly string[];
  readonly cart: Cart;
  readonly outbox: Outbox;
  readonly buyer: Kept<Buyer>;
  /** Identity of this device towards the server. */
  readonly viewer: ViewerToken;
  /** Calls back for every order that the server has confirmed, with what was asked for; answers the function that stops it. */
  onPlaced(listener: (order: Order, request: OrderRequest) => void): () => void;
  /** Calls back when store, playhead, cart or outbox have changed; answers the function that stops it. */
  subscribe(listener: () => void): () => void;
  close(): void;
}

/** Enters a show. The caller owns the visit and closes it. */
export function openVisit({ showId, storage = deviceStorage(), ...options }: VisitOptions): Visit {
  const viewer = openViewerToken(storage, options.serverUrl);
  const client = createClient({ ...options, token: viewer.provider });
  const { serverUrl } = client;
  const store = new ShowStore({ client, showId, onViewerToken: viewer.keep });
  const playhead = new Playhead();
  const cart = new Cart(storage, serverUrl, showId);
  const placedListeners = new Set<(order: Order, request: OrderRequest) => void>();
  const outbox = new Outbox({
    send: async (request, key, timeoutMs) => {
      const loaded = await import('./place-order.ts').catch(() => null);
      return loaded ? loaded.sendOrder(client.call, showId, request, key, timeoutMs) : failure('network.offline', 'the order form could not be loaded');
    },
    storage,
    serverUrl,
    showId,
    onPlaced(order, request) {
      cart.take(request.lines);
      for (const listener of [...placedListeners]) listener(order, request);
    },
  });
  const stopNudging = client.socket.onState((state) => state === 'connected' && outbox.nudge());
  store.start();
  outbox.open();
  return {
    serverUrl,
    showId,
    openedAt: performance.now(),
    client,
    store,
    playhead,
    get pins() {
      return playhead.replay ? playhead.pins : (store.shown?.pins ?? []);
    },
    cart,
    outbox,
    buyer: openBuyer(storage, serverUrl),
    viewer,
    onPlaced(listener) {
      placedListeners.add(listener);
      return () => void placedListeners.delete(listener);
    },
    subscribe(listener) {
      const stops = [store, playhead, cart, outbox].map((part) => part.subscribe(listener));
      return () => {
        for (const stop of stops) stop();
      };
    },
    close() {
      stopNudging();
      outbox.close();
      store.stop();
      client.close();
    },
  };
}
