// Owns which streams are packaged, and what those who watch or record get of them.
import type { Clock } from '../../platform/clock.ts';
import { FieldcastError } from '../../platform/errors.ts';
import type { Logger } from '../../platform/log.ts';
import type { Metrics } from '../../platform/metrics.ts';
import { AacEncoders } from './aac/aac-encoders.ts';
import { canPackage, type PackagedStream } from './packager.ts';
import type { LiveStreams } from './routes.ts';
import type { Rendition, SegmentListener } from './segment.ts';
import { StreamPackage } from './stream-package.ts';

/** Players that are some seconds behind still fetch the last pieces of a stream that has ended. */
const KEPT_AFTER_END_MS = 60_000;

export interface PackagingDeps {
  find: (streamId: string) => PackagedStream | undefined;
  clock: Clock;
  log: Logger;
  metrics: Metrics;
}

/** Every stream's package, made on first use. */
export class Packaging implements LiveStreams {
  readonly #deps: PackagingDeps;
  readonly #packages = new Map<string, StreamPackage>();
  readonly #encoders: AacEncoders;
  readonly #forgetting = new Map<string, () => void>();
  readonly #counters;

  constructor(deps: PackagingDeps) {
    this.#deps = deps;
    const { metrics, clock, log } = deps;
    this.#encoders = new AacEncoders({ clock, log });
    metrics.gauge('fieldcast_packaged_streams', 'Streams that are packaged for HLS or a recording', () => this.#running);
    this.#counters = {
      lostPackets: metrics.counter('fieldcast_packager_lost_packets_total', 'Packets of hosts that packaging went on without'),
      droppedPictures: metrics.counter('fieldcast_packager_dropped_pictures_total', 'Pictures that could not be decoded and were left out'),
      silenceMs: metrics.counter('fieldcast_packager_silence_ms_total', 'Silence in place of sound that did not come, ms'),
      garbage: metrics.counter('fieldcast_packager_garbage_packets_total', 'Packets that are no media'),
    };
  }

  find(streamId: string) {
    return this.#packages.get(streamId)?.window;
  }

  want(streamId: string, rendition: Rendition) {
    const stream = this.#deps.find(streamId);
    const known = this.#packages.get(streamId);
    // While the host is away, what there is stays; and what has ended can still be had.
    if (known?.window && !this.#forgetting.has(streamId)) return known.touch(rendition);
    if (known?.window && !stream?.tracks.length) return known.window;
    if (!stream || stream.tracks.length === 0) throw new FieldcastError('show.not-live', 'Nothing is sent yet; stream.changed will tell.', { headers: { 'retry-after': '2' } });
    if (!canPackage(stream.tracks)) throw new FieldcastError('media.unsupported', 'This host sends a picture that only WebRTC carries.');
    return this.#package(streamId, stream).touch(rendition);
  }

  /** Packages a stream until the returned function is called, over every absence of its host. `listener` hears of whole segments. */
  feed(streamId: string, stream: PackagedStream, listener: SegmentListener): () => void {
    return this.#package(streamId, stream).feed(listener);
  }

  /** The stream is over. */
  end(streamId: string): void {
    if (!this.#packages.has(streamId)) return;
    this.#packages.get(streamId)?.end();
    this.#forgetting.get(streamId)?.();
    this.#forgetting.set(streamId, this.#deps.clock.after(KEPT_AFTER_END_MS, () => this.#forget(streamId)));
  }

  close(): void {
    for (const [streamId, each] of this.#packages) {
      each.end();
      this.#forget(streamId);
    }
    this.#encoders.close();
  }

  #forget(streamId: string): void {
    this.#forgetting.get(streamId)?.();
    this.#forgetting.delete(streamId);
    this.#packages.delete(streamId);
  }

  get #running(): number {
    return [...this.#packages.values()].filter((each) => each.isRunning).length;
  }

  #package(streamId: string, stream: PackagedStream): StreamPackage {
    const { clock, log } = this.#deps;
    // It ended, and somebody sends again: that is another stream.
    if (this.#forgetting.has(streamId)) this.#forget(streamId);
    let found = this.#packages.get(streamId);
    if (!found) {
      found = new StreamPackage({
        stream,
        clock,
        encoders: this.#encoders,
        counted: (counts) => {
          for (const [name, counter] of Object.entries(this.#counters)) counter.inc(counts[name as keyof typeof counts]);
        },
        failed: (error) => log.error({ err: error, streamId }, 'packaging failed'),
      });
      this.#packages.set(streamId, found);
    }
    return found;
  }
}
