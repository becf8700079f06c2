// Owns what leaves the server: media by stream, layer and worker, and what HTTP and sockets take beside it.
import type { Clock } from '../../platform/clock.ts';
import type { Stream } from '../stream.ts';
import type { LineEstimate } from './line-estimate.ts';
import { RateWindow } from './rate-window.ts';
import { ResendFactor, Rota } from './resend-factor.ts';
import type { Seat } from './seat.ts';
import type { Rate } from './situation.ts';
import { StreamMeter } from './stream-meter.ts';
import type { ThinLinks } from './thin-links.ts';

/** IPv4 and TCP headers on full packets, and acknowledgements. */
const HTTP_OVERHEAD = 1.04;

export class Meters {
  readonly #clock: Clock;
  readonly #httpBytes: () => number;
  readonly #line: LineEstimate | undefined;
  readonly #streams = new Map<string, StreamMeter>();
  readonly #media = new RateWindow();
  readonly #http = new RateWindow(5_000);
  readonly #workers = new Map<string, RateWindow>();
  readonly #resends = new ResendFactor();
  readonly #rota = new Rota();
  readonly #thinLinks: ThinLinks;
  #httpTotal: number | undefined;

  /** @param deps.line is told what viewers report; undefined where the line is known */
  constructor(deps: { clock: Clock; httpBytes: () => number; line: LineEstimate | undefined; thinLinks: ThinLinks }) {
    this.#clock = deps.clock;
    this.#httpBytes = deps.httpBytes;
    this.#line = deps.line;
    this.#thinLinks = deps.thinLinks;
  }

  /** What really left in the last second, sent again or not. */
  get mediaKbps(): number {
    return (this.#media.lastKbps ?? 0) * this.#resends.value;
  }

  get packetsPerS(): number {
    return this.#media.packetsPerS;
  }

  get httpKbps(): number {
    return this.#http.lastKbps ?? 0;
  }

  /** In the dearest of the last seconds. */
  get httpPeakKbps(): number {
    return this.#http.peakKbps;
  }

  get resendFactor(): number {
    return this.#resends.value;
  }

  workerKbps(workerId: string): number {
    return (this.#workers.get(workerId)?.lastKbps ?? 0) * this.#resends.value;
  }

  /** What a viewer of a stream takes; video layers, the smallest first. */
  rates(stream: Stream): { audio: Rate | null; video: Rate[] } {
    const meter = this.#meter(stream);
    const [audio, video] = (['audio', 'video'] as const).map((kind) => stream.tracks.find((track) => track.kind === kind));
    return { audio: (audio && meter.rates(audio)[0]) ?? null, video: video ? meter.rates(video) : [] };
  }

  /** Takes a reading. @param sitting seats that have a session */
  async read(streams: readonly Stream[], sitting: readonly Seat[]): Promise<void> {
    const ids = new Set(streams.map((stream) => stream.id));
    for (const id of this.#streams.keys()) if (!ids.has(id)) this.#streams.delete(id);
    await Promise.all(streams.map((stream) => this.#meter(stream).read(stream.tracks)));
    this.#count(sitting);
    this.#countHttp();
    this.#resends.fade();
    await Promise.all(this.#rota.take(sitting).map((seat) => this.#ask(seat)));
  }

  #count(sitting: readonly Seat[]): void {
    const now = this.#clock.now();
    const totals = new Map<string, { bytes: number; packets: number }>();
    const all = { bytes: 0, packets: 0 };
    for (const { session, visitor } of sitting) {
      const meter = this.#streams.get(visitor.streamId);
      if (!session || !meter) continue;
      let bytes = 0;
      let packets = 0;
      let sending = '';
      for (const { trackId, layer } of session.sending()) {
        sending += `${trackId} ${layer} `;
        const passed = meter.passed(trackId, layer);
        bytes += passed.bytes;
        packets += passed.packets;
      }
      this.#resends.expect(session, sending, bytes, packets);
      const worker = totals.get(session.workerId) ?? { bytes: 0, packets: 0 };
      totals.set(session.workerId, { bytes: worker.bytes + bytes, packets: worker.packets + packets });
      all.bytes += bytes;
      all.packets += packets;
    }
    this.#media.add(now, all.bytes, all.packets);
    for (const workerId of totals.keys()) if (!this.#workers.has(workerId)) this.#workers.set(workerId, new RateWindow());
    for (const [workerId, window] of this.#workers) {
      const { bytes, packets } = totals.get(workerId) ?? { bytes: 0, packets: 0 };
      window.add(now, bytes, packets);
      if (!totals.has(workerId) && window.peakKbps === 0) this.#workers.delete(workerId);
    }
  }

  #countHttp(): void {
    const total = this.#httpBytes();
    this.#http.add(this.#clock.now(), (total - (this.#httpTotal ?? total)) * HTTP_OVERHEAD, 0);
    this.#httpTotal = total;
  }

  async #ask({ session }: Seat): Promise<void> {
    if (!session) return;
    // It has no answer only when the session ends meanwhile.
    const reading = await session.readTransport(this.#line !== undefined || session.isPinned).catch(() => undefined);
    if (!reading) return;
    this.#resends.compare(session, reading);
    const now = this.#clock.now();
    if (reading.lossShare === undefined) return;
    this.#line?.heard(session, now, reading.lossShare, reading.roundTripMs);
    if (session.isPinned) this.#thinLinks.heard(session, session.level, reading.lossShare, now);
  }

  #meter(stream: Stream): StreamMeter {
    let meter = this.#streams.get(stream.id);
    if (!meter) this.#streams.set(stream.id, (meter = new StreamMeter()));
    return meter;
  }
}
