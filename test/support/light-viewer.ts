// Owns one light viewer: counts what arrives by the headers, which SRTP leaves open; decrypts only when asked to.
import type { types } from 'mediasoup';
import type { ConsumerInfo, MediaKind } from '../../server/protocol/media.ts';
import type { Connection } from './light-connection.ts';
import type { Signalling } from './light-signalling.ts';

export interface ViewOptions {
  /** Gives packets to a real receiver, which also sends feedback (bandwidth estimation, loss). Default false: counted and dropped. */
  decrypts?: boolean;
}

/** Shorter pauses are the frames of a slow camera, or a process that waits for the processor. */
const PAUSE_MS = 400;

/** Nothing of one kind came for a while. */
export interface Pause {
  kind: MediaKind;
  /** `performance.now()` */
  from: number;
  ms: number;
}

export class LightViewer {
  readonly packets: Record<MediaKind, number> = { audio: 0, video: 0 };
  readonly bytes: Record<MediaKind, number> = { audio: 0, video: 0 };
  /** Ends of video frames, by marker bit. */
  frames = 0;
  /** The longest time between two frames so far. */
  longestGapMs = 0;
  /** From asking to watch until the first whole video frame. */
  firstFrameMs: number | undefined;
  consumers: ConsumerInfo[] = [];
  /** Longer than 0.4 s, in the order of their ends. */
  readonly pauses: Pause[] = [];
  readonly #signalling: Signalling;
  readonly #options: ViewOptions;
  readonly #askedAt: number;
  readonly #kinds = new Map<number, MediaKind>();
  readonly #receivers: types.Producer[] = [];
  readonly #waiting = new Set<() => void>();
  #connection: Connection | undefined;
  #lastFrameAt: number | undefined;
  readonly #heardAt: Partial<Record<MediaKind, number>> = {};

  constructor(signalling: Signalling, options: ViewOptions, askedAt: number) {
    this.#signalling = signalling;
    this.#options = options;
    this.#askedAt = askedAt;
  }

  async start(connection: Connection, consumers: ConsumerInfo[]): Promise<void> {
    this.#connection = connection;
    await this.#receive(consumers);
  }

  /** Takes tracks that came since. */
  async consume(): Promise<void> {
    await this.#receive(await this.#signalling.consume());
  }

  /** Resolves with the time to the first picture. @throws when there is none in time */
  async firstFrame(withinMs = 5_000): Promise<number> {
    await this.until(() => this.firstFrameMs !== undefined, withinMs, 'no picture');
    return this.firstFrameMs as number;
  }

  /** Resolves when `frames` more video frames have arrived. */
  async moreFrames(frames = 5, withinMs = 5_000): Promise<void> {
    const wanted = this.frames + frames;
    await this.until(() => this.frames >= wanted, withinMs, 'the picture stands still');
  }

  /** Resolves when a condition on what was counted holds; asked after each packet. */
  until(holds: () => boolean, withinMs: number, otherwise: string): Promise<void> {
    if (holds()) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const check = () => {
        if (!holds()) return;
        clearTimeout(deadline);
        this.#waiting.delete(check);
        resolve();
      };
      const deadline = setTimeout(() => {
        this.#waiting.delete(check);
        reject(new Error(`${otherwise} within ${withinMs} ms (${this.packets.video} video packets, ${this.frames} frames)`));
      }, withinMs);
      this.#waiting.add(check);
    });
  }

  /** Packets that a real receiver decrypted; needs `decrypts`. */
  async decrypted(): Promise<number> {
    const stats = await Promise.all(this.#receivers.map((receiver) => receiver.getStats()));
    return stats.flat().reduce((sum, each) => sum + each.packetCount, 0);
  }

  /** The media port of the server that this viewer was sent to: each worker has its own. */
  get serverPort(): number | undefined {
    return this.#connection?.far.iceCandidates[0]?.port;
  }

  /** Called by the link with each SRTP packet. */
  count(packet: Buffer): void {
    const kind = this.#kinds.get(packet.readUInt32BE(8));
    if (!kind) return;
    this.packets[kind] += 1;
    this.bytes[kind] += packet.length;
    const now = performance.now();
    const before = this.#heardAt[kind] ?? now;
    if (now - before > PAUSE_MS) this.pauses.push({ kind, from: before, ms: now - before });
    this.#heardAt[kind] = now;
    const hasMarker = ((packet[1] ?? 0) & 0x80) !== 0;
    if (kind === 'video' && hasMarker) this.#countFrame(now);
    for (const check of this.#waiting) check();
  }

  close(): void {
    this.#connection?.transport.close();
    this.#connection?.link.close();
    this.#connection = undefined;
  }

  #countFrame(now: number): void {
    this.frames += 1;
    this.firstFrameMs ??= now - this.#askedAt;
    if (this.#lastFrameAt !== undefined) this.longestGapMs = Math.max(this.longestGapMs, now - this.#lastFrameAt);
    this.#lastFrameAt = now;
  }

  async #receive(consumers: ConsumerInfo[]): Promise<void> {
    if (consumers.length === 0) return;
    for (const { kind, rtpParameters } of consumers) {
      const ssrc = rtpParameters.encodings[0]?.ssrc;
      if (ssrc !== undefined) this.#kinds.set(ssrc, kind);
      if (this.#options.decrypts && this.#connection) {
        this.#receivers.push(await this.#connection.transport.produce({ kind, rtpParameters: rtpParameters as types.RtpParameters }));
      }
    }
    this.consumers.push(...consumers);
    await this.#signalling.resume(consumers.map((each) => each.id));
  }
}
