// Owns the running of the budget: it reads what is sent, has it divided (`allocation.ts`) once a second and at each arrival, and carries
// that out. Without a budget it only passes on what viewers wish, and measures nothing.
import type { Clock } from '../../platform/clock.ts';
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
import { type Office, Seat, type Visitor } from './seat.ts';
import type { Capacity, Situation, StreamAdvice, StreamSituation, ViewerDecision } from './situation.ts';

const READING_MS = 250;
const DIVIDING_MS = 1_000;
/** A hundred may come in the same moment; they are let in together. */
const GATHERING_MS = 40;
/** A seat without anybody in it, of a device that may be on its way back. */
const EMPTY_MS = 15_000;
/** A place in the queue of a device that is away. */
const QUEUED_AWAY_MS = 60_000;
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

interface Away {
  streamId: string;
  identity: string;
  since: number;
  until: number;
}

export class UplinkBudget implements Office {
  readonly #options: UplinkBudgetOptions;
  readonly #seats = new Set<Seat>();
  /** Places of devices that were in the queue and have lost their connection. */
  readonly #away: Away[] = [];
  readonly #thinLinks = new ThinLinks();
  readonly #opening = new Opening(this.#thinLinks);
  readonly #meters: Meters;
  readonly #processor: Processor;
  readonly #line: LineEstimate | undefined;
  readonly #advice = new Map<string, StreamAdvice>();
  #view: UplinkView | undefined;
  #cancelReading: (() => void) | undefined;
  #dividing: Promise<void> | undefined;
  #cancelGathering: (() => void) | undefined;
  #dividedAt = 0;
  #isReading = false;
  #isClosed = false;

  constructor(options: UplinkBudgetOptions) {
    this.#options = options;
    this.#meters = new Meters({ ...options, thinLinks: this.#thinLinks, line: options.uplinkKbps === 'auto' ? (this.#line = new LineEstimate()) : undefined });
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
    const now = this.#options.clock.now();
    if (!this.isOn) {
      this.#seats.add(seat);
      seat.holding = { ...seat.allotted, changedAt: now };
      return;
    }
    if (this.#return(seat)) return;
    seat.since ||= this.#placeOfOld(seat) ?? now;
    this.#seats.add(seat);
    seat.place = 0;
    await this.#divideSoon();
    if (seat.holding) return;
    const place = seat.place;
    if (place === undefined) throw useHls();
    if (!seat.visitor.turn) this.#seats.delete(seat);
    throw queued(place);
  }

  changed(seat: Seat): void {
    if (!this.#seats.has(seat)) return;
    if (this.isOn) return void this.#divideSoon();
    const { level, reason } = { level: seat.wish, reason: seat.wish === 'full' ? null : ('wish' as const) };
    this.#hold(seat, level, reason, this.#options.clock.now());
    seat.session?.setLevel(level).catch(() => undefined);
  }

  async moved(seat: Seat): Promise<void> {
    const { session } = seat;
    if (!session) {
      seat.emptySince = this.#options.clock.now();
      return;
    }
    if (!this.isOn) return session.setLevel(seat.allotted.level);
    await session.setLevel('sound');
    this.#opening.follow(seat, this.#options.clock.now());
    this.#open();
  }

  left(seat: Seat, mayReturn: boolean): void {
    if (!this.#seats.has(seat)) return;
    const now = this.#options.clock.now();
    const { streamId, identity } = seat.visitor;
    if (!this.isOn || !mayReturn || !seat.holding) this.#seats.delete(seat);
    if (this.isOn && mayReturn && !seat.holding) this.#away.push({ streamId, identity, since: seat.since, until: now + QUEUED_AWAY_MS });
    seat.emptySince ??= now;
  }

  passedOn(from: Seat, to: Seat): void {
    this.#seats.delete(from);
    this.#seats.add(to);
    to.since = from.since;
    to.holding = from.holding;
    from.holding = undefined;
  }

  #schedule(): void {
    this.#cancelReading = this.#options.clock.after(READING_MS, () => {
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
    const { clock, pool, streams } = this.#options;
    const sitting = [...this.#seats].filter((seat) => seat.session !== undefined);
    await this.#meters.read([...streams()], sitting);
    const isDue = clock.now() - this.#dividedAt >= DIVIDING_MS;
    if (isDue) {
      await this.#processor.read(pool.running, () => clock.now(), { packetsPerS: this.#meters.packetsPerS, viewers: sitting.length });
      this.#line?.tick(clock.now(), this.#meters.mediaKbps + this.#meters.httpKbps);
      this.#forgetEmpty(clock.now());
    }
    if (this.#isClosed) return;
    if (isDue || this.#hasJumped()) this.#divide();
    this.#open();
  }

  #open(): void {
    const keyFrames = new Map([...this.#options.streams()].map((stream) => [stream.id, stream.keyFrameRequestedAt]));
    this.#opening.open(this.#options.clock.now(), (streamId) => keyFrames.get(streamId) ?? 0);
  }

  #hasJumped(): boolean {
    const planned = this.#view?.situation.streams ?? [];
    return this.#streamSituations().some((now) => {
      const then = planned.find((each) => each.streamId === now.streamId);
      return (['audio', 'small', 'full'] as const).some((layer) => (now[layer]?.peakKbps ?? 0) > (then?.[layer]?.peakKbps ?? 0) * JUMP);
    });
  }

  #divideSoon(): Promise<void> {
    this.#dividing ??= new Promise((resolve) => {
      this.#cancelGathering = this.#options.clock.after(GATHERING_MS, () => {
        this.#dividing = undefined;
        this.#divide();
        resolve();
      });
    });
    return this.#dividing;
  }

  #divide(): void {
    const { clock, bus } = this.#options;
    const now = clock.now();
    const seats = new Map([...this.#seats].map((seat) => [seat.id, seat]));
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
    this.#dividedAt = now;
    this.#view = { at: now, isEstimated: this.#line !== undefined, situation, allocation, sent: this.#sent(), serverMs: this.#processor.serverMs };
    this.#options.divided(this.#view);
    for (const decision of allocation.viewers) this.#carryOut(seats.get(decision.viewerId) as Seat, decision, now);
    for (const advice of allocation.streams) {
      const before = this.#advice.get(advice.streamId);
      this.#advice.set(advice.streamId, advice);
      if (JSON.stringify(before) !== JSON.stringify(advice)) bus.emit('stream.advised', advice);
    }
    for (const streamId of this.#advice.keys()) {
      if (!situation.streams.some((stream) => stream.streamId === streamId)) this.#advice.delete(streamId);
    }
  }

  #carryOut(seat: Seat, { outcome, level, reason, place }: ViewerDecision, now: number): void {
    if (outcome === 'in' && level !== null) {
      const isCalled = seat.holding === undefined && seat.place !== undefined && seat.place > 0;
      seat.place = undefined;
      if (seat.holding === undefined) seat.emptySince = now;
      this.#hold(seat, level, reason, now);
      this.#opening.follow(seat, now);
      if (isCalled) seat.visitor.turn?.(0);
      return;
    }
    if (outcome === 'hls') {
      const wasWaiting = (seat.place ?? 0) > 0;
      seat.place = undefined;
      this.#seats.delete(seat);
      // Asking again will tell them where to go.
      if (wasWaiting) seat.visitor.turn?.(0);
      return;
    }
    const before = seat.place ?? 0;
    seat.place = place ?? 1;
    // Who is asking right now gets it as the answer.
    if (before > 0 && before !== seat.place) seat.visitor.turn?.(seat.place);
  }

  #hold(seat: Seat, level: ViewerDecision['level'] & string, reason: ViewerDecision['reason'], now: number): void {
    const before = seat.holding;
    if (before?.level === level && before.reason === reason) return;
    seat.holding = { level, reason, changedAt: before?.level === level ? before.changedAt : now };
    if (before && seat.session) seat.visitor.allotted({ level, reason });
  }

  /** The seat that this device had a moment ago. */
  #return(seat: Seat): boolean {
    const { streamId, identity } = seat.visitor;
    for (const old of this.#seats) {
      const isSame = old.visitor.streamId === streamId && old.visitor.identity === identity;
      if (old === seat || !isSame || !old.holding || !old.hasLeft) continue;
      this.passedOn(old, seat);
      // What it receives was kept for a moment, in case that the connection alone had been cut.
      old.session?.close();
      seat.emptySince = this.#options.clock.now();
      return true;
    }
    return false;
  }

  #placeOfOld({ visitor }: Seat): number | undefined {
    const index = this.#away.findIndex((away) => away.streamId === visitor.streamId && away.identity === visitor.identity);
    return index === -1 ? undefined : this.#away.splice(index, 1)[0]?.since;
  }

  #forgetEmpty(now: number): void {
    for (const seat of this.#seats) {
      if (seat.holding && !seat.session && seat.emptySince !== undefined && now - seat.emptySince >= EMPTY_MS) this.#release(seat);
    }
    const kept = this.#away.filter((away) => away.until > now);
    this.#away.splice(0, this.#away.length, ...kept);
  }

  #release(seat: Seat): void {
    this.#seats.delete(seat);
    seat.holding = undefined;
    seat.place = undefined;
    seat.since = 0;
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
