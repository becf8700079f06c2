// Owns what a way of receiving the show has to offer, whichever protocol it speaks.
import type { CommandInput, CommandName, CommandResult } from '../../server/protocol/commands.ts';
import type { EventName, EventPayload } from '../../server/protocol/events.ts';
import type { Allotment, StreamInfo } from '../../server/protocol/media.ts';

/** What this viewer would like at most, and whether they are ordering, which goes before others. */
export type Wish = CommandInput<'media.want'>;

/** Where a show comes from; the show's store and client provide it, tests put their own in its place. */
export interface StreamSource {
  request<N extends CommandName>(
    name: N,
    input: CommandInput<N>,
    timeoutMs?: number,
  ): Promise<{ ok: true; value: CommandResult<N> } | { ok: false; error: { code: string; status: number; params?: Record<string, string | number> | undefined } }>;
  /** Null before the show is joined. */
  readonly stream: StreamInfo | null;
  readonly rtpCapabilities: unknown;
  /** Changes when the connection is another one, and transports of the old one are gone. */
  readonly connectionCount: number;
  /** Hears of what the server tells this connection; answers the function that stops it. */
  on<N extends EventName>(event: N, listener: (payload: EventPayload<N>) => void): () => void;
  /** When it has changed, engines hear of it by {@link Engine.update}. */
  wish(): Wish;
  /** Address of the playlist; null while the stream has none, as with a host who sends VP8. */
  readonly hlsUrl: string | null;
  /** What is shown beside the picture keeps in step with it from now on; `read` answers what {@link Engine.pictureAt} does. */
  followPicture(read: () => number | null): void;
  /** Makes sure that the connection is alive and the picture of the show is current. */
  resync(): Promise<void>;
}

/**
 * `idle`: nothing is being sent. `failed`: it cannot be played here, try the next engine.
 * `blocked`: no way in has worked so far, and all of them are being tried again. `queued`: the server has no room for another picture.
 */
export type EnginePhase = 'idle' | 'queued' | 'connecting' | 'playing' | 'stalled' | 'blocked' | 'failed';
export type EnginePath = 'webrtc-udp' | 'webrtc-tcp' | 'hls';

/** Tracks, or what puts a picture on a video element in its own way. */
export type Showable = MediaStream | ((video: HTMLVideoElement) => void);

/** What an engine tells its owner. */
export interface EngineSink {
  /**
   * What to show from now on, and play. Tracks come in the same stream object for the engine's whole life: the last picture stays
   * while a new path is built.
   */
  onMedia(media: Showable): void;
  onPhase(phase: EnginePhase): void;
  onPath(path: EnginePath): void;
  /** What the server gives from now on. */
  onAllotted(allotted: Allotment): void;
  /** Place in the queue while `queued`, 1 being the next. */
  onPlace(place: number): void;
}

export interface Engine {
  /** The source has changed: other producers, epoch, connection or wish. */
  update(): void;
  /** Whether anybody can see the picture; hidden video is not received. */
  setVisible(isVisible: boolean): void;
  /** When what is on the screen was recorded, by the server's clock in ms since epoch; null where that is now. */
  pictureAt?(): number | null;
  /** Whether it comes through a relay now; missing: it never does. */
  readonly isRelayed?: boolean;
  /** Everything that has come so far, headers and lost attempts included, as far as the browser tells. */
  receivedBytes(): Promise<number>;
  close(): void;
}

export interface EngineKind {
  readonly name: string;
  canPlay(): boolean;
  open(source: StreamSource, sink: EngineSink): Engine;
}
