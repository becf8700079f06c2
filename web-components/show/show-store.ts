// Owns a page's confirmed picture of one show: joins it, applies its numbered events, joins again after a hole or a lost connection.
import type { Right } from '../../server/protocol/access.ts';
import type { CommandResult } from '../../server/protocol/commands.ts';
import type { StreamInfo } from '../../server/protocol/media.ts';
import type { ShowSnapshot } from '../../server/protocol/show.ts';
import type { Client } from './client.ts';
import { type Failure, isRetryable } from './outcome.ts';
import type { PictureClock } from './picture-clock.ts';
import { applyEvent, type RoomEvent, roomEventNames, type ShowState } from './show-state.ts';
import { Watchable } from './watchable.ts';

const REJOIN_FIRST_MS = 400;
const REJOIN_MAX_MS = 5_000;
/** A join that takes longer on a connection that claims to be alive means: it is not. */
const PROBE_TIMEOUT_MS = 2_500;

export interface ShowStoreOptions {
  client: Pick<Client, 'request' | 'on' | 'socket'>;
  showId: string;
  /** Called with the identity that the server gave to this device. */
  onViewerToken?: (token: string) => void;
}

/**
 * `subscribe()` to hear of changes. Everything read from it is what the server has confirmed; while offline it is the last that was known.
 */
export class ShowStore extends Watchable {
  readonly showId: string;
  /** Grows with every join, so with every fresh snapshot. */
  joinCount = 0;
  /** Grows with every new connection that has joined: transports of an earlier one are gone with it. */
  connectionCount = 0;
  /** Router capabilities of the last join, for `Device.load()`. */
  rtpCapabilities: unknown = null;
  isStaff = false;
  rights: readonly Right[] = [];
  /** Path of the stream's playlist on the server. */
  hlsPath: string | null = null;
  /** Why there is no picture of the show, or why it is old; null while all is well. */
  error: Failure | null = null;
  #client: ShowStoreOptions['client'];
  #onViewerToken: (token: string) => void;
  #state: ShowState | null = null;
  #joining: Promise<void> | null = null;
  #early: RoomEvent[] = [];
  #clockOffsetMs = 0;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #retryDelayMs = REJOIN_FIRST_MS;
  #stops: (() => void)[] = [];
  #isNewConnection = true;
  /** There while a picture may be late. */
  #picture: PictureClock | null = null;
  #dress = (plain: ShowSnapshot): ShowSnapshot => plain;
  #reduce = (plain: ShowSnapshot): ShowSnapshot => plain;

  constructor({ client, showId, onViewerToken }: ShowStoreOptions) {
    super();
    this.showId = showId;
    this.#client = client;
    this.#onViewerToken = onViewerToken ?? (() => undefined);
  }

  get snapshot(): ShowSnapshot | null {
    return this.#state && this.#dress(this.#state.snapshot);
  }

  /** The show as it goes with the picture on the screen: pins, shelf and prices may be those of some seconds ago. */
  get shown(): ShowSnapshot | null {
    const plain = this.#state?.snapshot;
    return plain ? this.#reduce(this.#dress(this.#picture?.show(plain) ?? plain)) : null;
  }

  get stream(): StreamInfo | null {
    return this.#state?.stream ?? null;
  }

  /** Whether the picture is current: joined, and the connection stands. */
  get isCurrent(): boolean {
    return this.#state !== null && this.error === null && this.#client.socket.state === 'connected';
  }

  /** The server's clock now, ms since epoch. */
  serverNow(): number {
    return Date.now() + this.#clockOffsetMs;
  }

  /** The server's clock when what is on the screen was recorded, ms since epoch. */
  pictureNow(): number {
    return this.#picture?.now() ?? this.serverNow();
  }

  /** Keeps what is {@link shown} in step with a picture that may be late; `read` tells when it was recorded, null for now. */
  async followPicture(read: () => number | null): Promise<void> {
    // Its file may not come over the very network that is failing; what stands beside the picture is then current instead of in step.
    const loaded = await import('./picture-clock.ts').catch(() => null);
    if (!loaded) return;
    const { PictureClock } = loaded;
    this.#picture?.stop();
    this.#picture = new PictureClock({ read, serverNow: () => this.serverNow(), onMove: () => this.changed() });
    if (this.#state) this.#picture.take(this.#state.snapshot, this.serverNow());
  }

  /** Lays what a shop page says of its own goods over the show's; called again after each change of that. */
  dressWith(dress: (plain: ShowSnapshot) => ShowSnapshot): void {
    this.#dress = dress;
    this.changed();
  }

  /** Lays what promotions take off the prices over what is {@link shown}; cart and orders count from the list price. */
  reduceWith(reduce: (plain: ShowSnapshot) => ShowSnapshot): void {
    this.#reduce = reduce;
    this.changed();
  }

  start(): void {
    if (this.#stops.length > 0) return;
    this.#stops = [
      this.#client.on('admission.ended', (payload) => void (payload.showId === this.showId && this.#join())),
      ...roomEventNames.map((name) => this.#client.on(name, (payload) => this.#receive({ name, payload }))),
      this.#client.socket.onState((state) => {
        if (state === 'connected') {
          this.#isNewConnection = true;
          void this.#join();
        } else if (state === 'offline') this.#lost();
      }),
    ];
    this.#client.socket.connect();
    if (this.#client.socket.state === 'connected') void this.#join();
  }

  stop(): void {
    for (const stop of this.#stops) stop();
    this.#stops = [];
    clearTimeout(this.#retry);
    this.#picture?.stop();
  }

  /** Asks for a fresh snapshot now. A connection that does not answer is made anew. */
  async resync(): Promise<void> {
    if (this.#client.socket.state !== 'connected') this.#client.socket.reconnect();
    else await this.#join(PROBE_TIMEOUT_MS);
  }

  #lost(): void {
    clearTimeout(this.#retry);
    this.error = { code: 'network.offline', status: 0, detail: 'the live connection is lost' };
    this.changed();
  }

  #join(timeoutMs?: number): Promise<void> {
    clearTimeout(this.#retry);
    this.#joining ??= this.#joinOnce(timeoutMs).finally(() => {
      this.#joining = null;
      this.#early = [];
    });
    return this.#joining;
  }

  async #joinOnce(timeoutMs?: number): Promise<void> {
    const joined = await this.#client.request('show.join', { showId: this.showId }, timeoutMs);
    if (this.#stops.length === 0) return;
    if (joined.ok) this.#take(joined.value);
    else {
      this.error = joined.error;
      if (joined.error.code === 'show.gated') this.#state = null;
      if (joined.error.code === 'network.timeout') this.#client.socket.reconnect();
      else if (isRetryable(joined.error) && joined.error.code !== 'network.offline') {
        const delayMs = joined.error.retryAfterMs ?? this.#retryDelayMs * (0.75 + Math.random() / 2);
        this.#retryDelayMs = Math.min(this.#retryDelayMs * 2, REJOIN_MAX_MS);
        this.#retry = setTimeout(() => void this.#join(), delayMs);
      }
      this.changed();
    }
  }

  #take({ snapshot, stream, rtpCapabilities, viewerToken, isStaff, rights, hlsUrl }: CommandResult<'show.join'>): void {
    this.error = null;
    this.#retryDelayMs = REJOIN_FIRST_MS;
    this.rtpCapabilities = rtpCapabilities;
    this.isStaff = isStaff;
    this.rights = rights;
    this.hlsPath = hlsUrl;
    this.joinCount += 1;
    if (this.#isNewConnection) this.connectionCount += 1;
    this.#isNewConnection = false;
    this.#clockOffsetMs = snapshot.serverTime - Date.now();
    if (viewerToken) this.#onViewerToken(viewerToken);
    let state: ShowState | null = { snapshot, stream, offShelf: new Map() };
    for (const event of this.#early) state &&= applyEvent(state, event);
    // A hole among the early ones: the snapshot itself still stands, and the next event shows the hole again.
    this.#state = state ?? { snapshot, stream, offShelf: new Map() };
    this.#picture?.take(this.#state.snapshot, snapshot.serverTime);
    this.changed();
  }

  #receive(event: RoomEvent): void {
    if (event.payload.showId !== this.showId) return;
    if (this.#joining) {
      this.#early.push(event);
      return;
    }
    if (!this.#state) return;
    const next = applyEvent(this.#state, event);
    if (!next) void this.#join();
    else if (next !== this.#state) {
      this.#state = next;
      this.#picture?.take(next.snapshot, event.payload.at);
      this.changed();
    }
  }
}
