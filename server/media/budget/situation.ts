// Owns the words of the uplink budget: what it is told (a situation) and what it answers (an allocation). All of it is plain data.

import type { Allotment, Level } from '../../protocol/media.ts';

/** Ahead of others in each step: first the show's own people, then who is in the checkout. */
export type Rank = 'staff' | 'buyer' | 'viewer';

/** What keeps a viewer below the best picture; null: nothing does. */
export type LimitReason = Allotment['reason'];

/** One track or layer, as it costs for each viewer that it is sent to. Bytes on the wire: IP, UDP, SRTP and header extensions count. */
export interface Rate {
  meanKbps: number;
  /**
   * The dearest second to be expected, kbit/s; a key frame goes to all viewers in the same second. For a layer that is not sent now
   * (paused, or too new to be measured): what it will take when it comes.
   */
  peakKbps: number;
  packetsPerS: number;
}

export interface StreamSituation {
  streamId: string;
  /** Null while there is no such track. */
  audio: Rate | null;
  /** The small layer, or the only one; null while there is no picture. */
  small: Rate | null;
  /** The large layer; null where the host sends one layer. */
  full: Rate | null;
  /** It can be sent as HLS. */
  canHls: boolean;
  /** What the host was advised last; null at first. */
  advised: StreamAdvice | null;
}

export interface ViewerSituation {
  viewerId: string;
  streamId: string;
  rank: Rank;
  /** When they came, ms; kept through reconnects. Who came first is served first. */
  since: number;
  /** Their own upper limit: data saver, hidden page. */
  wish: Level;
  /**
   * What they have now; null: they are asking for the first time or wait in the queue. Who has been called from the queue counts as in,
   * so that their room stays theirs.
   */
  current: { level: Level; reason: LimitReason; changedAt: number } | null;
  /** The worker that sends to them; null while there is none: the one with the most room is taken. */
  workerId: string | null;
}

export interface Capacity {
  /** kbit/s of the line; null: not limited. */
  uplinkKbps: number | null;
  /** What HTTP, sockets and HLS take beside the media, kbit/s in the dearest of the last seconds. */
  httpKbps: number;
  /** Measured egress of a second by what was planned for it, where that is more than 1: packets that are sent again. */
  resendFactor: number;
  /** Each worker is a process on one core. */
  workers: readonly { workerId: string; /** ms of processor time in a second that may go to viewers. */ budgetMs: number }[];
  /** Processor time of one packet to one viewer, ms. */
  msPerPacket: number;
  /** Processor time of a viewer beside packets (timers, feedback), ms in a second. */
  msPerViewer: number;
  /** HLS is fetched through a cache, so a further viewer of it costs this line nothing. */
  hasHlsCache: boolean;
}

export interface Situation {
  streams: readonly StreamSituation[];
  viewers: readonly ViewerSituation[];
  capacity: Capacity;
}

export interface ViewerDecision {
  viewerId: string;
  streamId: string;
  /** `in`: send `level`. `hls`: has to take HLS. `queue`: waits at `place`. */
  outcome: 'in' | 'hls' | 'queue';
  /** Null unless `in`. */
  level: Level | null;
  /** Why not more. */
  reason: LimitReason;
  /** From 1, within the stream; null unless `queue`. */
  place: number | null;
  change: 'entered' | 'raised' | 'lowered' | 'kept' | 'waits';
  /** More will be had when: `dwell`: some seconds have passed since the last change; `room`: there is more of it. */
  waitsFor: 'dwell' | 'room' | null;
}

/** What a host should send, so that the line serves those who watch. */
export interface StreamAdvice {
  streamId: string;
  /** Cap of the large layer (or the only one), kbit/s as an encoder counts; null: none. */
  maxVideoKbps: number | null;
  /** Cap of the small layer; null: none. */
  maxSmallKbps: number | null;
  opusPacketMs: 20 | 60;
}

export interface AllocationTotals {
  /** Null: not limited. */
  uplinkKbps: number | null;
  /** Kept for signalling and orders, or what HTTP really takes where that is more. */
  reservedKbps: number;
  /** Planned in the dearest second. */
  plannedKbps: number;
  /** Left for media in the dearest second; null: not limited. */
  freeKbps: number | null;
  /** What those who are in would take at what they wish. */
  wantedKbps: number;
  workers: readonly { workerId: string; budgetMs: number; plannedMs: number }[];
  levels: Record<Level, number>;
  queued: number;
  sentToHls: number;
}

export interface Allocation {
  /** One for each viewer of the situation, in its order. */
  viewers: readonly ViewerDecision[];
  streams: readonly StreamAdvice[];
  totals: AllocationTotals;
}

/** Pure: the same situation and time always give the same allocation. @param now ms, of the same clock as `since` and `changedAt` */
export type Allocate = (situation: Situation, now: number) => Allocation;
