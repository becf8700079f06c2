// Owns one show as it is worked on this phone: connection, shelf, orders and, for who may send, the camera. Opened and closed as a whole.
import { inFull } from '../../server/protocol/chat-news.ts';
import type { Order, Right, Role, Session } from '../../server/protocol/index.ts';
import { type Client, ShowStore } from '../show/index.ts';
import { OnAir, type OnAirOptions } from './on-air.ts';
import type { StaffRoom } from './room/segments.ts';
import { OrderInbox } from './order-inbox.ts';
import { ShelfDesk } from './shelf-desk.ts';

export interface OpenShowOptions {
  client: Client;
  session: Session;
  showId: string;
  /** Called after every change of what can be read here. */
  onChange: () => void;
  onArrival: (order: Order) => void;
  /** Buyers wait to hear whether their transfers came. */
  onWaiting: (count: number) => void;
  /** The link by which this device came was taken back. */
  onEnded: () => void;
  /** The host lets this helper do something else from now on. */
  onRights: () => void;
  onFlipFailed: OnAirOptions['onFlipFailed'];
}

export class OpenShow {
  readonly client: Client;
  readonly session: Session;
  readonly store: ShowStore;
  readonly desk: ShelfDesk;
  readonly inbox: OrderInbox;
  /** Null for a helper, who has no camera. */
  readonly onAir: OnAir | null;
  /** What the pages of the room need of this show. */
  room: StaffRoom;
  /** What this person may do here now; a helper's may change while they work. */
  rights: readonly Right[];
  /** Viewers' messages that came while nobody had the chat open. */
  unreadMessages = 0;
  readonly #stops: (() => void)[];
  readonly #gone = new AbortController();

  constructor({ client, session, showId, onChange, onArrival, onWaiting, onEnded, onRights, onFlipFailed }: OpenShowOptions) {
    this.client = client;
    this.session = session;
    this.rights = session.rights;
    const store = new ShowStore({ client, showId });
    this.store = store;
    this.inbox = new OrderInbox({ client, store, onChange, onArrival, onWaiting });
    this.onAir = canPublish(session.role) ? new OnAir({ client, store, onChange, onFlipFailed }) : null;
    this.desk = new ShelfDesk({ call: client.call, showId, snapshot: () => store.snapshot });
    this.room = {
      serverUrl: client.serverUrl,
      showId,
      client,
      store,
      session,
      microphone: () => this.onAir?.stream?.getAudioTracks()[0] ?? null,
      gone: this.#gone.signal,
    };
    const take = (rights: readonly Right[]): void => {
      if (rights.join() === this.rights.join()) return;
      this.rights = rights;
      // Another room: what stands in its segments reads it anew, with these rights.
      this.room = { ...this.room, session: { ...session, rights: [...rights] } };
      if (rights.includes('orders')) void this.inbox.load();
      onRights();
    };
    let joins = 0;
    this.#stops = [
      client.on('access.changed', ({ rights }) => take(rights)),
      client.on('access.ended', onEnded),
      store.subscribe(() => {
        // A connection that came back without a session is a viewer's: the access ended while it was away.
        if (!store.isCurrent || store.joinCount === joins) return;
        joins = store.joinCount;
        if (store.isStaff) take(store.rights);
        else onEnded();
      }),
      store.subscribe(onChange),
      client.on('chat.changed', (event) => {
        if (event.showId !== showId) return;
        this.unreadMessages += event.messages.map(inFull).filter(({ author, state, position, revision }) => author.role === 'viewer' && state === 'shown' && position === revision).length;
        onChange();
      }),
    ];
  }

  /** Enters the show: straight back on the air after a call or a reload; straight to the picture where the camera is allowed already. */
  async start(): Promise<void> {
    const { store, onAir } = this;
    store.start();
    if (this.rights.includes('orders')) void this.inbox.load();
    if (!onAir) return;
    await firstSnapshot(store);
    const status = store.snapshot?.show.status;
    if ((status === 'live' || status === 'paused') && onAir.wasSending()) {
      await onAir.goLive();
      return;
    }
    if (status === 'ended' || !(await isCameraAllowed())) return;
    await onAir.openCamera();
    await onAir.measureUplink();
  }

  close(): void {
    this.#gone.abort();
    this.onAir?.close();
    this.inbox.close();
    this.store.stop();
    for (const stop of this.#stops) stop();
  }
}

function canPublish(role: Role): boolean {
  return role === 'host' || role === 'operator';
}

function firstSnapshot(store: ShowStore): Promise<void> {
  if (store.snapshot) return Promise.resolve();
  return new Promise((resolve) => {
    const stop = store.subscribe(() => {
      if (!store.snapshot) return;
      stop();
      resolve();
    });
  });
}

/** Whether the camera opens without a question; false where the browser does not tell. */
async function isCameraAllowed(): Promise<boolean> {
  try {
    const { state } = await navigator.permissions.query({ name: 'camera' as PermissionName });
    return state === 'granted';
  } catch {
    return false;
  }
}
