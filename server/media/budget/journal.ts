// Owns the memory of the budget for those who look at it: what was decided in the last minutes and why, and how full the line was.
import type { Clock } from '../../platform/clock.ts';
import type { UplinkDecision, UplinkReport, UplinkShow } from '../../protocol/uplink.ts';
import { sentence } from './sentence.ts';
import type { Allocation, LimitReason, Situation, StreamAdvice, ViewerDecision } from './situation.ts';

/** What was known and decided at one time. */
export interface UplinkView {
  at: number;
  isEstimated: boolean;
  situation: Situation;
  allocation: Allocation;
  /** What really left in the last second, kbit/s. */
  sent: { mediaKbps: number; httpKbps: number; workers: readonly { workerId: string; kbps: number; processorMs: number }[] };
  /** Processor time of the server itself, ms in a second. */
  serverMs: number;
}

type ByStream<T> = Omit<T, 'showId' | 'title'> & { streamId: string };

/** The operator's report, by streams instead of shows. */
export type UplinkAccount = Omit<UplinkReport, 'shows' | 'decisions'> & { streams: ByStream<UplinkShow>[]; decisions: ByStream<UplinkDecision>[] };

const DECISIONS_KEPT = 50;
/** The same thing that happens to more viewers in this time is one decision. */
const SAME_WITHIN_MS = 5_000;
const POINT_MS = 10_000;
const POINTS_KEPT = 60;

type Entry = Omit<ByStream<UplinkDecision>, 'text'>;

export class UplinkJournal {
  readonly #clock: Clock;
  readonly #entries: Entry[] = [];
  readonly #series: UplinkReport['series'] = [];
  #waiting: ReadonlySet<string> = new Set();
  #view: UplinkView | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The budget was divided anew. */
  note(view: UplinkView): void {
    const { situation, allocation, at } = view;
    for (const [index, decision] of allocation.viewers.entries()) {
      const before = situation.viewers[index]?.current?.reason ?? null;
      const entry = this.#entryOf(decision, before, at);
      if (entry) this.#enter(entry);
    }
    for (const advice of allocation.streams) {
      const before = situation.streams.find((stream) => stream.streamId === advice.streamId)?.advised;
      if (isNews(before ?? null, advice)) this.#enter({ at, streamId: advice.streamId, change: 'host-advised', level: null, reason: null, viewers: 0, advice: withoutId(advice) });
    }
    this.#waiting = new Set(allocation.viewers.filter(({ outcome }) => outcome === 'queue').map(({ viewerId }) => viewerId));
    this.#draw(view);
    this.#view = view;
  }

  /** @param streams all that are sent now, with how many watch them; @param isLimited whether there is a budget */
  account(streams: readonly { streamId: string; viewers: number }[], isLimited: boolean): UplinkAccount {
    const view = this.#view;
    const totals = view?.allocation.totals;
    return {
      at: view?.at ?? this.#clock.now(),
      isLimited,
      isEstimated: view?.isEstimated ?? false,
      hasHlsCache: view?.situation.capacity.hasHlsCache ?? false,
      line: {
        uplinkKbps: totals?.uplinkKbps ?? null,
        reservedKbps: totals?.reservedKbps ?? 0,
        plannedKbps: totals?.plannedKbps ?? 0,
        freeKbps: totals?.freeKbps ?? null,
        wantedKbps: totals?.wantedKbps ?? 0,
      },
      sent: { mediaKbps: view?.sent.mediaKbps ?? 0, httpKbps: view?.sent.httpKbps ?? 0 },
      serverMs: view?.serverMs ?? 0,
      workers: (totals?.workers ?? []).map(({ workerId, budgetMs }) => {
        const sent = view?.sent.workers.find((worker) => worker.workerId === workerId);
        return { workerId, kbps: sent?.kbps ?? 0, processorMs: sent?.processorMs ?? 0, budgetMs };
      }),
      levels: totals?.levels ?? { full: 0, small: 0, sound: 0 },
      queued: totals?.queued ?? 0,
      streams: streams.map(({ streamId, viewers }) => rowOf(streamId, viewers, view)),
      decisions: this.#entries.toReversed().map((entry) => ({ ...entry, text: sentence(entry) })),
      series: this.#series,
    };
  }

  #entryOf(decision: ViewerDecision, before: LimitReason, at: number): Entry | undefined {
    const { streamId, viewerId, outcome, level, change } = decision;
    const limit = (reason: LimitReason) => (reason === 'wish' ? null : reason);
    const entry = { at, streamId, level, reason: limit(decision.reason), viewers: 1, advice: null };
    if (outcome === 'hls') return { ...entry, change: 'sent-to-hls' };
    if (outcome === 'queue') return this.#waiting.has(viewerId) ? undefined : { ...entry, change: 'queued' };
    if (change === 'entered' && entry.reason) return { ...entry, change: 'entered-lower' };
    if (change === 'lowered' && entry.reason) return { ...entry, change: 'lowered' };
    if (change === 'raised' && limit(before)) return { ...entry, change: 'raised' };
    return undefined;
  }

  #enter(entry: Entry): void {
    const same = this.#entries.findLast((each) => each.streamId === entry.streamId && each.change === entry.change && each.level === entry.level && each.reason === entry.reason);
    if (same && Math.abs(entry.at - same.at) < SAME_WITHIN_MS) {
      same.viewers += entry.viewers;
      same.advice = entry.advice;
      return;
    }
    this.#entries.push(entry);
    if (this.#entries.length > DECISIONS_KEPT) this.#entries.shift();
  }

  #draw({ at, sent, allocation: { totals } }: UplinkView): void {
    const now = {
      at,
      sentKbps: sent.mediaKbps + sent.httpKbps,
      plannedKbps: totals.plannedKbps,
      wantedKbps: totals.wantedKbps,
      viewers: totals.levels.full + totals.levels.small + totals.levels.sound,
      queued: totals.queued,
    };
    const last = this.#series.at(-1);
    if (last && at >= last.at && at - last.at < POINT_MS) {
      for (const key of ['sentKbps', 'plannedKbps', 'wantedKbps', 'viewers', 'queued'] as const) last[key] = Math.max(last[key], now[key]);
      return;
    }
    this.#series.push(now);
    if (this.#series.length > POINTS_KEPT) this.#series.shift();
  }
}

function rowOf(streamId: string, viewers: number, view: UplinkView | undefined): ByStream<UplinkShow> {
  const row: ByStream<UplinkShow> = {
    streamId,
    viewers,
    levels: null,
    lessFor: { uplink: 0, processor: 0, wish: 0 },
    queued: 0,
    rates: null,
    plannedKbps: 0,
    advice: null,
  };
  const stream = view?.situation.streams.find((each) => each.streamId === streamId);
  if (!view || !stream) return row;
  const { audio, small, full } = stream;
  const levels = (row.levels = { full: 0, small: 0, sound: 0 });
  for (const decision of view.allocation.viewers) {
    if (decision.streamId !== streamId) continue;
    if (decision.outcome === 'queue') row.queued += 1;
    if (decision.level) levels[decision.level] += 1;
    if (decision.level && decision.reason) row.lessFor[decision.reason] += 1;
  }
  const ofAudio = audio?.peakKbps ?? 0;
  const ofSmall = small?.peakKbps ?? 0;
  row.viewers = levels.full + levels.small + levels.sound;
  row.rates = { audioKbps: audio?.peakKbps ?? null, smallKbps: small?.peakKbps ?? null, fullKbps: full?.peakKbps ?? null };
  row.plannedKbps = row.viewers * ofAudio + levels.small * ofSmall + levels.full * (full?.peakKbps ?? ofSmall);
  const advice = view.allocation.streams.find((each) => each.streamId === streamId);
  row.advice = advice ? withoutId(advice) : null;
  return row;
}

function withoutId({ maxVideoKbps, maxSmallKbps, opusPacketMs }: StreamAdvice): NonNullable<UplinkDecision['advice']> {
  return { maxVideoKbps, maxSmallKbps, opusPacketMs };
}

/** Telling a host for the first time that all is well is none. */
function isNews(before: StreamAdvice | null, now: StreamAdvice): boolean {
  if (!before) return now.maxVideoKbps !== null || now.maxSmallKbps !== null || now.opusPacketMs !== 20;
  return before.maxVideoKbps !== now.maxVideoKbps || before.maxSmallKbps !== now.maxSmallKbps || before.opusPacketMs !== now.opusPacketMs;
}
