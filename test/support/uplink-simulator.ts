// Owns a line, hosts and viewers that exist only on paper, so that hours of the uplink budget pass in milliseconds.
import { allocate } from '../../server/media/budget/allocation.ts';
import type { Allocation, Capacity, Rank, Rate, StreamAdvice, ViewerDecision, ViewerSituation } from '../../server/media/budget/situation.ts';
import type { Level } from '../../server/protocol/media.ts';
import { seeded } from './random.ts';

/** Two decisions in a second, as often as the server measures. */
const TICK_MS = 500;
/** The server remembers the dearest second of so many. */
const MEMORY_TICKS = 40;
const PACKET_BYTES = 1_100;
const HEADER_BYTES = 64;

export interface SimulatedHost {
  audioKbps: number;
  /** Null: one layer, which is `full`. */
  smallKbps: number | null;
  /** Null: no picture. */
  fullKbps: number | null;
  /** The second with a key frame by the mean one. */
  burst: number;
  keyFrameEveryS: number;
  /** Keeps to the caps that it is advised. */
  obeys: boolean;
}

export const PHONE: SimulatedHost = { audioKbps: 32, smallKbps: 150, fullKbps: 1_100, burst: 1.4, keyFrameEveryS: 2, obeys: true };

interface Meter {
  half: number;
  peaks: number[];
  means: number[];
}

interface Show {
  host: SimulatedHost;
  advised: StreamAdvice | null;
  hadKeyFrame: boolean;
  meters: Record<'audio' | 'small' | 'full', Meter>;
}

export interface SimulatedViewer {
  situation: ViewerSituation;
  /** Times of raises and of all changes, on the viewer's side. */
  changes: { at: number; from: Level | null; to: Level | null; reason: string | null }[];
}

export interface Second {
  at: number;
  /** All that went out, HTTP too. */
  egressKbps: number;
}

export class UplinkSimulator {
  readonly shows = new Map<string, Show>();
  readonly viewers = new Map<string, SimulatedViewer>();
  readonly seconds: Second[] = [];
  /** What is wrong with a decision, in words; stays empty. */
  readonly faults: string[] = [];
  capacity: Capacity;
  allocation: Allocation | undefined;
  now = 1_800_000_000_000;
  #random: () => number;
  #ticks = 0;
  #nextId = 0;
  #halfKbits = 0;

  constructor(options: { uplinkKbps: number | null; seed?: number; hasHlsCache?: boolean; workers?: number; workerBudgetMs?: number }) {
    const { uplinkKbps, seed = 1, hasHlsCache = false, workers = 2, workerBudgetMs = 800 } = options;
    this.#random = seeded(seed);
    this.capacity = {
      uplinkKbps,
      httpKbps: 100,
      resendFactor: 1,
      workers: Array.from({ length: workers }, (_, index) => ({ workerId: `worker-${index}`, budgetMs: workerBudgetMs })),
      msPerPacket: 0.01,
      msPerViewer: 0.4,
      hasHlsCache,
    };
  }

  open(streamId: string, host: Partial<SimulatedHost> = {}): void {
    const meter = (): Meter => ({ half: 0, peaks: [], means: [] });
    this.shows.set(streamId, { host: { ...PHONE, ...host }, advised: null, hadKeyFrame: false, meters: { audio: meter(), small: meter(), full: meter() } });
  }

  close(streamId: string): void {
    this.shows.delete(streamId);
    for (const [id, { situation }] of this.viewers) if (situation.streamId === streamId) this.viewers.delete(id);
  }

  /** @returns ids of the new viewers */
  arrive(streamId: string, count = 1, options: { rank?: Rank; wish?: Level } = {}): string[] {
    return Array.from({ length: count }, () => {
      const viewerId = `viewer-${(this.#nextId += 1)}`;
      this.viewers.set(viewerId, {
        situation: { viewerId, streamId, rank: options.rank ?? 'viewer', since: this.now + this.#nextId / 1e6, wish: options.wish ?? 'full', current: null, workerId: null },
        changes: [],
      });
      return viewerId;
    });
  }

  leave(viewerId: string): void {
    this.viewers.delete(viewerId);
  }

  change(viewerId: string, wanted: Partial<Pick<ViewerSituation, 'rank' | 'wish'>>): void {
    const viewer = this.viewers.get(viewerId);
    if (viewer) viewer.situation = { ...viewer.situation, ...wanted };
  }

  levelOf(viewerId: string): Level | null {
    return this.viewers.get(viewerId)?.situation.current?.level ?? null;
  }

  /** Decides now, beside the decisions of each tick. */
  decide(): Allocation {
    const situation = {
      streams: [...this.shows].map(([streamId, show]) => ({ streamId, ...rates(show), canHls: true, advised: show.advised })),
      viewers: [...this.viewers.values()].map((viewer) => viewer.situation),
      capacity: this.capacity,
    };
    const allocation = allocate(situation, this.now);
    this.allocation = allocation;
    for (const advice of allocation.streams) {
      const show = this.shows.get(advice.streamId);
      if (show) show.advised = advice;
    }
    for (const decision of allocation.viewers) this.#apply(decision);
    return allocation;
  }

  /** @param eachTick what happens meanwhile */
  run(seconds: number, eachTick: (tick: number) => void = () => undefined): void {
    for (let tick = 0; tick < (seconds * 1_000) / TICK_MS; tick += 1) {
      eachTick(tick);
      this.#send();
      this.now += TICK_MS;
      this.decide();
    }
  }

  count(level: Level | 'out', streamId?: string): number {
    const wanted = level === 'out' ? null : level;
    return [...this.viewers.values()].filter(({ situation }) => (situation.current?.level ?? null) === wanted && (streamId ?? situation.streamId) === situation.streamId).length;
  }

  #apply(decision: ViewerDecision): void {
    const viewer = this.viewers.get(decision.viewerId);
    if (!viewer) return;
    if (decision.outcome === 'hls') return this.leave(decision.viewerId);
    const { current } = viewer.situation;
    if (decision.level === (current?.level ?? null)) {
      if (current) viewer.situation = { ...viewer.situation, current: { ...current, reason: decision.reason } };
      return;
    }
    viewer.changes.push({ at: this.now, from: current?.level ?? null, to: decision.level, reason: decision.reason });
    if (decision.level === null) this.faults.push(`${decision.viewerId} was put out at ${this.#ticks}`);
    viewer.situation = {
      ...viewer.situation,
      current: decision.level === null ? null : { level: decision.level, reason: decision.reason, changedAt: this.now },
      workerId: viewer.situation.workerId ?? `worker-${this.#nextId % this.capacity.workers.length}`,
    };
  }

  // Half a second of media. Key frames of all shows may fall into the same one.
  #send(): void {
    let kbits = (this.capacity.httpKbps * TICK_MS) / 1_000;
    const crowds = new Map([...this.shows.keys()].map((streamId) => [streamId, { full: 0, small: 0, sound: 0 }]));
    for (const { situation } of this.viewers.values()) {
      const crowd = crowds.get(situation.streamId);
      if (crowd && situation.current) crowd[situation.current.level] += 1;
    }
    for (const [streamId, show] of this.shows) {
      const { host, meters } = show;
      // An encoder that was just asked for one has nothing left for another.
      const isKeyFrame = !show.hadKeyFrame && this.#random() < TICK_MS / 1_000 / host.keyFrameEveryS;
      show.hadKeyFrame = isKeyFrame;
      for (const layer of ['audio', 'small', 'full'] as const) {
        const kbps = sentKbps(show, layer);
        const wobble = 0.95 + this.#random() * 0.1;
        const half = (kbps * wobble * TICK_MS) / 1_000 + (isKeyFrame && layer !== 'audio' ? kbps * (host.burst - 1) : 0);
        kbits += half * receivers(host, layer, crowds.get(streamId));
        const meter = meters[layer];
        meter.peaks.push(half + meter.half);
        meter.means.push(half * (1_000 / TICK_MS));
        meter.half = half;
        if (meter.peaks.length > MEMORY_TICKS) meter.peaks.shift();
        if (meter.means.length > MEMORY_TICKS) meter.means.shift();
      }
    }
    this.#ticks += 1;
    // Every second that begins at a tick counts, not only whole ones.
    if (this.#ticks > 1) this.seconds.push({ at: this.now, egressKbps: this.#halfKbits + kbits });
    this.#halfKbits = kbits;
  }
}

function receivers(host: SimulatedHost, layer: 'audio' | 'small' | 'full', crowd: Record<Level, number> | undefined): number {
  if (!crowd) return 0;
  if (layer === 'audio') return crowd.full + crowd.small + crowd.sound;
  if (host.smallKbps === null) return layer === 'full' ? crowd.full + crowd.small : 0;
  return crowd[layer];
}

/** On the wire, while all is as planned. */
function sentKbps({ host, advised }: Show, layer: 'audio' | 'small' | 'full'): number {
  if (layer === 'audio') {
    const packets = 1_000 / (host.obeys ? (advised?.opusPacketMs ?? 20) : 20);
    return host.audioKbps + (packets * HEADER_BYTES * 8) / 1_000;
  }
  const own = (layer === 'small' ? host.smallKbps : host.fullKbps) ?? 0;
  const cap = (layer === 'small' ? advised?.maxSmallKbps : advised?.maxVideoKbps) ?? Infinity;
  const kbps = host.obeys ? Math.min(own, cap) : own;
  return kbps * (1 + HEADER_BYTES / PACKET_BYTES);
}

function rates(show: Show): { audio: Rate; small: Rate | null; full: Rate | null } {
  const { host, meters } = show;
  const rate = (layer: 'audio' | 'small' | 'full', assumed: number): Rate => {
    const { peaks, means } = meters[layer];
    if (peaks.length < 4) return { meanKbps: assumed / 1.5, peakKbps: assumed, packetsPerS: 50 };
    const meanKbps = means.reduce((sum, each) => sum + each, 0) / means.length;
    return { meanKbps, peakKbps: Math.max(...peaks), packetsPerS: Math.max(20, (meanKbps * 1_000) / 8 / PACKET_BYTES) };
  };
  const full = host.fullKbps === null ? null : rate('full', 1_700);
  if (host.smallKbps === null) return { audio: rate('audio', 70), small: full, full: null };
  return { audio: rate('audio', 70), small: host.fullKbps === null ? null : rate('small', 240), full };
}
