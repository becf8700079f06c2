// Owns the running of the budget: it reads what is sent, has it divided (`allocation.ts`) once a second and at each arrival, and carries
// that out. Without a budget it only passes on what viewers wish, and measures nothing.
import { type Clock, steady } from '../../platform/clock.ts';
import { ignore } from '../../platform/errors.ts';
import type { Logger } from '../../platform/log.ts';
import type { FactSink } from '../facts.ts';
import type { Stream } from '../stream.ts';
import type { WorkerPool } from '../workers.ts';
import { allocate } from './allocation.ts';
import type { UplinkView } from './journal.ts';
import { LineEstimate } from './line-estimate.ts';
import { Meters } from './meters.ts';
import { Opening } from './opening.ts';
import { Processor } from './processor.ts';
import { queued, useHls } from './refusals.ts';
import { ThinLinks } from './thin-links.ts';
import { Seating } from './seating.ts';
import { Serving } from './serving.ts';
import { type Office, Seat, type Visitor } from './seat.ts';
import type { Capacity, Situation, StreamAdvice, StreamSituation } from './situation.ts';

const READING_MS = 250;
const DIVIDING_MS = 1_000;
/** A hundred may come in the same moment; they are let in together. */
const GATHERING_MS = 40;
/** A stream's dearest second that was not expected is dealt with at once. */
const JUMP = 1.03;

export interface UplinkBudgetOptions {
  /** kbit/s; 0: not limited, `auto`: found out. */
  uplinkKbps: number | 'auto';
  /** HLS is fetched through a cache. */
  hasHlsCache: boolean;
  cores: number;
  pool: WorkerPool;
  streams: () => Iterable<Stream>;
  /** Bytes that have left by HTTP and sockets so far. */
  httpBytes: () => number;
  bus: FactSink;
  clock: Clock;
  log: Logger;
  /** Is told after each division. */
  divided: (view: UplinkView) => void;
}

export class UplinkBudget implements Office {
  readonly #options: UplinkBudgetOptions;
  readonly #seating = new Seating();
  readonly #thinLinks = new ThinLinks();
  readonly #opening = new Opening(this.#thinLinks);
  readonly #serving = new Serving(this.#seating, this.#opening);
  /** Of all times here but those that are shown. */
  readonly #clock: Clock;
  readonly #meters: Meters;
  readonly #processor: Processor;
  readonly #line: LineEstimate | undefined;
  readonly #advice = new Map<string, StreamAdvice>();
  #view: UplinkView | undefined;
  #cancelReading: (() => void) | undefined;
  #dividing: Promise<void> | undefined;
  #cancelGathering: (() => void) | undefined;
  #tickedAt = 0;
  #isReading = false;
  #isClosed = false;

  constructor(options: UplinkBudgetOptions) {
    this.#options = options;
    this.#clock = steady(options.clock);
    this.#meters = new Meters({ ...options, clock: this.#clock, thinLinks: this.#thinLinks, line: options.uplinkKbps === 'auto' ? (this.#line = new LineEstimate()) : undefined });
    this.#processor = new Processor(options.cores);
    if (this.isOn) this.#schedule();
  }

  get isOn(): boolean {
    return this.#options.uplinkKbps !== 0;
  }

  /** Undefined without a budget, and in the first moment. */
  get view(): UplinkView | undefined {
    return this.#view;
  }

  /** What the host of a stream should send; undefined while there is nothing to say. */
  advice(streamId: string): StreamAdvice | undefined {
    return this.#advice.get(streamId);
  }

  /** A place for a viewer who has not asked yet. */
  seat(visitor: Visitor): Seat {
    return new Seat(visitor, this);
  }

  close(): void {
    this.#isClosed = true;
    this.#cancelReading?.();
    this.#cancelGathering?.();
  }

  async admit(seat: Seat): Promise<void> {
    const now = this.#clock.now();
    // It is not given up while what they ask for is being built.
    seat.emptySince = now;
    if (seat.holding || this.#isBack(seat)) return;
    this.#seating.add(seat);
    if (!this.isOn) {
      seat.holding = { ...seat.allotted, changedAt: now };
      return;
    }
    seat.since ||= this.#seating.waitedSince(seat.visitor) ?? now;
    seat.place = 0;
    await this.#divideSoon();
    if (seat.holding) return;
    const { place } = seat;
    if (place === undefined) throw useHls();
    if (!seat.visitor.turn) this.#seating.delete(seat);
    throw queued(place);
  }

  changed(seat: Seat): void {
    if (!this.#seating.has(seat)) return;
    if (this.isOn) {
      this.#divideSoon().catch((error: unknown) => this.#options.log.error({ err: error }, 'dividing the uplink failed'));
      return;
    }
    this.#serving.hold(seat, { level: seat.wish, reason: seat.wish === 'full' ? null : 'wish' }, this.#clock.now());
    seat.session?.setLevel(seat.wish).catch(ignore('the session ended meanwhile, which its owner hears of'));
  }

  async moved(seat: Seat): Promise<void> {
    const { session } = seat;
    if (!session) {
      seat.emptySince = this.#clock.now();
      return;
    }
    if (!this.isOn) return session.setLevel(seat.allotted.level);
    await session.setLevel('sound');
    this.#opening.follow(seat, this.#clock.now());
    this.#open();
  }

  left(seat: Seat, mayReturn: boolean): void {
    this.#seating.left(seat, mayReturn && this.isOn, this.#clock.now());
  }

  passedOn(from: Seat, to: Seat): void {
    this.#seating.passOn(from, to);
  }

  #isBack(seat: Seat): boolean {
    const old = this.#seating.leftBy(seat.visitor);
    if (!old) return false;
    this.#seating.passOn(old, seat);
    // What it receives was kept for a moment, in case that the connection alone had been cut.
    old.session?.close();
    return true;
  }

  #schedule(): void {
    this.#cancelReading = this.#clock.after(READING_MS, () => {
      this.#schedule();
      // A worker that does not answer must not gather questions.
      if (this.#isReading) return;
      this.#isReading = true;
      this.#read()
        .catch((error: unknown) => this.#options.log.error({ err: error }, 'reading the uplink failed'))
        .finally(() => (this.#isReading = false));
    });
  }

  async #read(): Promise<void> {
    const { pool, streams } = this.#options;
    const clock = this.#clock;
    const sitting = this.#seating.all.filter((seat) => seat.session !== undefined);
    await this.#meters.read([...streams()], sitting);
    const isDue = clock.now() - this.#tickedAt >= DIVIDING_MS;
    if (isDue) {
      this.#tickedAt = clock.now();
      await this.#processor.read(pool.running, () => clock.now(), { packetsPerS: this.#meters.packetsPerS, viewers: sitting.length });
      this.#line?.tick(clock.now(), this.#meters.mediaKbps + this.#meters.httpKbps);
      this.#seating.forget(clock.now());
    }
    if (this.#isClosed) return;
    if (isDue || this.#hasJumped()) this.#divide();
    this.#open();
  }

  #open(): void {
    const { clock, streams } = this.#options;
    const agoMs = new Map([...streams()].map((stream) => [stream.id, clock.now() - stream.keyFrameRequestedAt]));
    this.#opening.open(this.#clock.now(), (streamId) => agoMs.get(streamId) ?? Infinity);
  }

  #hasJumped(): boolean {
    const planned = this.#view?.situation.streams ?? [];
    return this.#streamSituations().some((now) => {
      const then = planned.find((each) => each.streamId === now.streamId);
      return (['audio', 'small', 'full'] as const).some((layer) => (now[layer]?.peakKbps ?? 0) > (then?.[layer]?.peakKbps ?? 0) * JUMP);
    });
  }

  #divideSoon(): Promise<void> {
    this.#dividing ??= new Promise((resolve, reject) => {
      this.#cancelGathering = this.#clock.after(GATHERING_MS, () => {
        this.#dividing = undefined;
        try {
          resolve(this.#divide());
        } catch (error) {
          reject(error);
        }
      });
    });
    return this.#dividing;
  }

  #divide(): void {
    const { clock, bus } = this.#options;
    const now = this.#clock.now();
    const seats = new Map(this.#seating.all.map((seat) => [seat.id, seat]));
    const situation: Situation = {
      streams: this.#streamSituations(),
      viewers: [...seats.values()].map((seat) => ({
        viewerId: seat.id,
        streamId: seat.visitor.streamId,
        rank: seat.rank,
        since: seat.since,
        wish: seat.wish,
        current: seat.holding ?? null,
        workerId: seat.session?.workerId ?? null,
      })),
      capacity: this.#capacity(),
    };
    const allocation = allocate(situation, now);
    this.#view = { at: clock.now(), isEstimated: this.#line !== undefined, situation, allocation, sent: this.#sent(), serverMs: this.#processor.serverMs };
    this.#options.divided(this.#view);
    for (const decision of allocation.viewers) this.#serving.carryOut(seats.get(decision.viewerId) as Seat, decision, now);
    for (const advice of allocation.streams) {
      const before = this.#advice.get(advice.streamId);
      this.#advice.set(advice.streamId, advice);
      if (JSON.stringify(before) !== JSON.stringify(advice)) bus.emit('stream.advised', advice);
    }
    for (const streamId of this.#advice.keys()) {
      if (!situation.streams.some((stream) => stream.streamId === streamId)) this.#advice.delete(streamId);
    }
  }

  #streamSituations(): StreamSituation[] {
    return [...this.#options.streams()]
      .filter((stream) => stream.tracks.length > 0)
      .map((stream) => {
        const { audio, video } = this.#meters.rates(stream);
        const [small = null, ...larger] = video;
        return { streamId: stream.id, audio, small, full: larger.at(-1) ?? null, canHls: stream.info().hls, advised: this.#advice.get(stream.id) ?? null };
      });
  }

  #capacity(): Capacity {
    const { uplinkKbps, pool, hasHlsCache } = this.#options;
    return {
      uplinkKbps: uplinkKbps === 'auto' ? (this.#line?.kbps ?? null) : uplinkKbps,
      httpKbps: this.#meters.httpPeakKbps,
      resendFactor: this.#meters.resendFactor,
      ...this.#processor.capacity(pool.running),
      hasHlsCache,
    };
  }

  #sent(): UplinkView['sent'] {
    const { mediaKbps, httpKbps } = this.#meters;
    const workers = this.#processor.workers.map(({ workerId, usedMs }) => ({ workerId, kbps: this.#meters.workerKbps(workerId), processorMs: usedMs }));
    return { mediaKbps, httpKbps, workers };
  }
}
