// Owns who gets what of the line and the processor: sound for all, then the small picture, then the large one; within each of these
// staff and buyers first, then equal shares for the shows, then who came first. Planned for the dearest second, in which all viewers of
// a stream get a key frame. Who is in stays in: levels go down at once when there is no room, and up slowly and with room to spare.
import { type Level, levels as fromBest } from '../../protocol/media.ts';
import { advise } from './advice.ts';
import { type Cost, Ledger, type Limit, reservedKbps } from './ledger.ts';
import { Turns } from './shares.ts';
import type { Allocate, AllocationTotals, Capacity, LimitReason, Rank, Rate, StreamSituation, ViewerDecision, ViewerSituation } from './situation.ts';

/** After the server took something away it is not given back sooner, so that a line at its limit does not flicker. */
export const DWELL_MS = 10_000;
/** After a viewer's own wish, and for those who are ahead. */
export const SHORT_DWELL_MS = 2_000;
/** A show takes room from those of another show that have it only when it has clearly less, else two equal shows would take turns. */
const TAKING_HANDICAP = 1.2;

const LEVELS: readonly Level[] = fromBest.toReversed();
const RANKS: readonly Rank[] = ['staff', 'buyer', 'viewer'];
const SOUND = 0;
const FULL = 2;
/** Not in. */
const NOTHING = -1;

/** A viewer during a decision; levels are places in LEVELS. */
interface Claim {
  readonly viewer: ViewerSituation;
  readonly show: Show;
  workerId: string | null;
  readonly wish: number;
  readonly held: number;
  readonly isDwelling: boolean;
  granted: number;
  refusal: LimitReason;
  waitsFor: ViewerDecision['waitsFor'];
}

interface Show {
  /** What each level takes in all, by its place in LEVELS; never less than the level below. */
  readonly costs: readonly Cost[];
  readonly canHls: boolean;
  readonly claims: Record<Rank, Claim[]>;
  usedKbps: number;
}

export const allocate: Allocate = ({ streams, viewers, capacity }, now) => {
  const ledger = new Ledger(capacity);
  const shows = new Map(streams.map((stream) => [stream.streamId, openShow(stream, capacity)]));
  const claims = viewers.map((viewer) => claim(viewer, shows, capacity, now));
  const inTurn = [...shows.values()];
  for (const show of inTurn) for (const rank of RANKS) show.claims[rank].sort((a, b) => a.viewer.since - b.viewer.since);

  // Those who are in come before all others, so that nobody who asks can push them out.
  for (const rank of RANKS) fill(ledger, inTurn, SOUND, rank, (each) => each.held !== NOTHING);
  for (const rank of RANKS) fill(ledger, inTurn, SOUND, rank, (each) => each.held === NOTHING);
  for (let level = SOUND + 1; level <= FULL; level += 1) {
    for (const rank of RANKS) fill(ledger, inTurn, level, rank, () => true);
  }

  const places = queuePlaces(inTurn);
  const decisions = claims.map((each) => decide(each, capacity, places.get(each) ?? 0));
  return {
    viewers: decisions,
    streams: advise({ streams, viewers, capacity }, ledger.lineKbps),
    totals: totals(capacity, ledger, claims, decisions),
  };
};

function openShow({ audio, small, full, canHls }: StreamSituation, { msPerPacket, msPerViewer }: Capacity): Show {
  const cost = (layers: (Rate | null)[], base: Cost): Cost => {
    const sent = layers.filter((layer) => layer !== null);
    const kbps = sent.reduce((sum, { peakKbps }) => sum + peakKbps, 0);
    const packets = sent.reduce((sum, { packetsPerS }) => sum + packetsPerS, 0);
    return { kbps: Math.max(base.kbps, kbps), processorMs: Math.max(base.processorMs, msPerViewer + packets * msPerPacket) };
  };
  const sound = cost([audio], { kbps: 0, processorMs: 0 });
  const withSmall = cost([audio, small], sound);
  const withFull = cost([audio, full ?? small], withSmall);
  return { costs: [sound, withSmall, withFull], canHls, claims: { staff: [], buyer: [], viewer: [] }, usedKbps: 0 };
}

function claim(viewer: ViewerSituation, shows: Map<string, Show>, capacity: Capacity, now: number): Claim {
  let show = shows.get(viewer.streamId);
  if (!show) {
    show = openShow({ streamId: viewer.streamId, audio: null, small: null, full: null, canHls: false, advised: null }, capacity);
    shows.set(viewer.streamId, show);
  }
  const { current, rank } = viewer;
  const sinceMs = now - (current?.changedAt ?? -Infinity);
  const isTakenAway = current?.reason === 'uplink' || current?.reason === 'processor';
  const dwellMs = isTakenAway && rank === 'viewer' ? DWELL_MS : SHORT_DWELL_MS;
  const made: Claim = {
    viewer,
    show,
    workerId: viewer.workerId,
    wish: LEVELS.indexOf(viewer.wish),
    held: current ? LEVELS.indexOf(current.level) : NOTHING,
    // A clock that was set back makes it negative: nobody waits for an hour to be lived again.
    isDwelling: sinceMs >= 0 && sinceMs < dwellMs,
    granted: NOTHING,
    refusal: null,
    waitsFor: null,
  };
  show.claims[rank].push(made);
  return made;
}

/** Gives `level` to those who have the level below, as far as the room goes. */
function fill(ledger: Ledger, shows: readonly Show[], level: number, rank: Rank, isAsked: (claim: Claim) => boolean): void {
  const lines: Line[] = [];
  for (const show of shows) {
    const asking = show.claims[rank].filter((each) => each.granted === level - 1 && each.wish >= level && isAsked(each));
    if (asking.length > 0) lines.push(new Line(show, level, asking));
  }
  const turns = new Turns(lines);
  for (let line = turns.next(); line; line = turns.next()) {
    if (line.serve(ledger)) turns.again(line);
  }
}

/** Viewers of one show who ask for one level, in order: those who have it now, then the others; the oldest first. */
class Line {
  key = 0;
  since = 0;
  readonly #show: Show;
  readonly #level: number;
  readonly #claims: readonly Claim[];
  readonly #step: Cost;
  #at = 0;

  constructor(show: Show, level: number, asking: readonly Claim[]) {
    this.#show = show;
    this.#level = level;
    this.#claims = [...asking.filter((each) => each.held >= level), ...asking.filter((each) => each.held < level)];
    const [cost, below] = [show.costs[level] as Cost, show.costs[level - 1]];
    this.#step = { kbps: cost.kbps - (below?.kbps ?? 0), processorMs: cost.processorMs - (below?.processorMs ?? 0) };
    this.#place();
  }

  get #front(): Claim {
    return this.#claims[this.#at] as Claim;
  }

  /** Serves the next one. @returns whether there is another one to serve */
  serve(ledger: Ledger): boolean {
    const front = this.#front;
    const holds = front.held >= this.#level;
    if (!holds && mayNotRiseYet(front, this.#level)) {
      front.refusal = front.viewer.current?.reason ?? 'uplink';
      front.waitsFor = 'dwell';
      // Who came later does not overtake one that had it taken away.
      return front.refusal === 'wish' ? this.#hasMore() : this.#refuseRest(front);
    }
    front.workerId ??= ledger.idlestWorker();
    const refusal = ledger.spend(this.#step, front.workerId, limitFor(front, this.#level, holds));
    if (refusal === null) {
      front.granted = this.#level;
      this.#show.usedKbps += this.#step.kbps;
      return this.#hasMore();
    }
    front.refusal = refusal;
    front.waitsFor = 'room';
    // A worker without room says nothing of the others; a line without room is so for the whole show.
    return refusal === 'uplink' ? this.#refuseRest(front) : this.#hasMore();
  }

  #hasMore(): boolean {
    this.#at += 1;
    if (this.#at === this.#claims.length) return false;
    this.#place();
    return true;
  }

  #place(): void {
    const { held, viewer } = this.#front;
    this.since = viewer.since;
    this.key = held >= this.#level ? this.#show.usedKbps : this.#show.usedKbps * TAKING_HANDICAP + this.#step.kbps;
  }

  #refuseRest({ refusal, waitsFor }: Claim): false {
    while (this.#hasMore()) {
      this.#front.refusal = refusal;
      this.#front.waitsFor = waitsFor;
    }
    return false;
  }
}

/** What the server took away comes back one level at a time. */
function mayNotRiseYet({ held, isDwelling, viewer }: Claim, level: number): boolean {
  if (held === NOTHING) return false;
  const isTakenAway = viewer.current?.reason === 'uplink' || viewer.current?.reason === 'processor';
  return isDwelling || (isTakenAway && level > held + 1);
}

function limitFor({ viewer }: Claim, level: number, holds: boolean): Limit {
  if (level === SOUND && holds) return 'keepIn';
  if (viewer.rank === 'viewer') return holds ? 'hold' : 'raise';
  return holds ? 'holdAhead' : 'raiseAhead';
}

/** Places of those who are not in, from 1 in each show: who is ahead first, then who came first. */
function queuePlaces(shows: readonly Show[]): Map<Claim, number> {
  const places = new Map<Claim, number>();
  for (const { claims } of shows) {
    let place = 0;
    for (const rank of RANKS) {
      for (const each of claims[rank]) if (each.granted === NOTHING) places.set(each, (place += 1));
    }
  }
  return places;
}

function decide({ viewer, show, held, granted, wish, refusal, waitsFor }: Claim, capacity: Capacity, place: number): ViewerDecision {
  const { viewerId, streamId } = viewer;
  if (granted === NOTHING) {
    const change = held === NOTHING ? 'waits' : 'lowered';
    if (capacity.hasHlsCache && show.canHls) return { viewerId, streamId, outcome: 'hls', level: null, reason: refusal, place: null, change, waitsFor: null };
    return { viewerId, streamId, outcome: 'queue', level: null, reason: refusal, place, change, waitsFor: 'room' };
  }
  const isLess = granted < wish;
  return {
    viewerId,
    streamId,
    outcome: 'in',
    level: LEVELS[granted] as Level,
    reason: isLess ? refusal : wish < FULL ? 'wish' : null,
    place: null,
    change: changeFrom(held, granted),
    waitsFor: isLess ? waitsFor : null,
  };
}

function changeFrom(held: number, granted: number): ViewerDecision['change'] {
  if (held === NOTHING) return 'entered';
  if (held === granted) return 'kept';
  return held < granted ? 'raised' : 'lowered';
}

function totals(capacity: Capacity, ledger: Ledger, claims: readonly Claim[], decisions: readonly ViewerDecision[]): AllocationTotals {
  const levels: Record<Level, number> = { full: 0, small: 0, sound: 0 };
  for (const { level } of decisions) if (level) levels[level] += 1;
  return {
    uplinkKbps: capacity.uplinkKbps,
    reservedKbps: reservedKbps(capacity),
    plannedKbps: ledger.spentKbps,
    freeKbps: ledger.lineKbps === Infinity ? null : Math.max(0, ledger.lineKbps - ledger.spentKbps),
    wantedKbps: claims.reduce((sum, { show, wish }) => sum + (show.costs[wish]?.kbps ?? 0), 0) * Math.max(1, capacity.resendFactor),
    workers: capacity.workers.map(({ workerId, budgetMs }) => ({ workerId, budgetMs, plannedMs: ledger.spentMs(workerId) })),
    levels,
    queued: decisions.filter(({ outcome }) => outcome === 'queue').length,
    sentToHls: decisions.filter(({ outcome }) => outcome === 'hls').length,
  };
}
