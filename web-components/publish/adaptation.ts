// Owns what of the picture is sent, second by second: from sender statistics to layers, size, frame rate and bitrate. Voice is never in
// question: it is given its room first, and when the picture has none left the picture stops. Pure: the clock is the caller's.
import type { SenderStats } from './sender-stats.ts';

/** What `RTCRtpSender.setParameters` is given for one layer. Bit rates in bit/s. */
export interface LayerPlan {
  active: boolean;
  maxBitrate: number;
  maxFramerate: number;
  scaleResolutionDownBy: number;
}

/** One entry for each layer that was negotiated, the smallest first. None active: no picture is sent. */
export type VideoPlan = readonly LayerPlan[];

/** One way of sending the picture, for an uplink (kbit/s, voice included) from `fromKbps` on. */
interface Rung {
  fromKbps: number;
  kbps: number;
  fps: number;
  scale: number;
}

/**
 * Few and well apart: each change of size costs viewers a key frame. 960x540 looks clean from about 500 kbit/s, 640x360 from 250.
 * `kbps` is well above what the next rung asks for: a browser only learns that there is more by sending more.
 */
const RUNGS = [
  { fromKbps: 0, kbps: 0, fps: 10, scale: 3 },
  { fromKbps: 120, kbps: 240, fps: 10, scale: 3 },
  { fromKbps: 200, kbps: 420, fps: 15, scale: 2 },
  { fromKbps: 350, kbps: 750, fps: 20, scale: 1.5 },
  { fromKbps: 600, kbps: 1000, fps: 25, scale: 1 },
  { fromKbps: 800, kbps: 1100, fps: 25, scale: 1 },
] as const satisfies readonly Rung[];
const NO_PICTURE = 0;
const SMALLEST = 1;
/** On it the small layer is sent beside the large one; below it the two would take from each other. */
const TOP = RUNGS.length - 1;
/** What a warm phone, or one with an empty battery, does without being asked. */
const SPARING = 3;

const SMALL_LAYER: LayerPlan = { active: true, maxBitrate: 150_000, maxFramerate: 15, scaleResolutionDownBy: 3 };

/** A rung is left below this share of its `fromKbps`, and entered above the other one. */
const LEAVE_BELOW = 0.85;
const ENTER_ABOVE = 1.1;
/** The estimate of a new connection begins low and climbs. */
const SETTLE_MS = 5_000;
const DOWN_AFTER_READINGS = 3;
/** Below this share of what the rung needs there is nothing to wait for. */
const FAR_BELOW = 0.4;
/** An empty second or two is no reason to take the picture from everybody. */
const STOP_AFTER_READINGS = 4;
const UP_AFTER_READINGS = 2;
const CLIMB_WAIT_MS = 1_500;
/** A step up that nothing asked for, taken back within this time, has failed: the next one waits twice as long. */
const PROOF_MS = 6_000;
/** The encoder leaves room in the estimate. */
const ROOM_WAIT_MS = { first: 1_500, most: 12_000 };
/** Nothing in the estimate speaks for more, but nothing against it. */
const TRY_WAIT_MS = { first: 5_000, most: 60_000 };
/** Stable for this long: failures are forgotten. */
const FORGET_MS = 20_000;
/** After the picture has stopped. Each try costs the voice a little. */
const RETURN_WAIT_MS = { first: 4_000, most: 30_000 };
/** The picture is sent so long, unseen, before viewers get it back: at least until the first reports, at most until the estimate should have climbed. */
const REHEARSAL_MS = { least: 2_000, most: 6_000 };
const CHOKED_RTT_MS = 1_500;
const CHOKED_LOSS = 0.25;
const QUIET_LOSS = 0.04;
/** An encoder that uses less than this of the estimate has nothing more to say at its size. */
const IDLE_SHARE = 0.65;
/**
 * With such an encoder Chromium's estimate stands still, whatever the line has come to carry. Told of another limit, it measures with a short burst
 * of up to twice the estimate or the limit: 2 kB at most on a thin line. So the limit is moved by 1 kbit/s, which costs the picture nothing.
 */
const MEASURE_EVERY_MS = 2_000;
const STRAIN_READINGS = 5;
/** What is lost has to be sent again and asks for key frames: an encoder that is late then does not tell of the phone. */
const HEAVY_LOSS = 0.1;
const RELIEF_MS = { first: 120_000, most: 30 * 60_000 };

export interface AdaptationOptions {
  /** Layers that were negotiated. A phone too weak for two has one. */
  layerCount: 1 | 2;
  /** Uplink measured before the show; null when not known. */
  uplinkKbps: number | null;
  /** The most that a phone can encode in time, kbit/s. */
  deviceKbps?: number;
  nowMs: number;
}

export class Adaptation {
  readonly #layerCount: 1 | 2;
  readonly #deviceKbps: number;
  #rung: number;
  #startedMs: number;
  /** The highest rung that the phone's processor has carried. */
  #ceiling = TOP;
  #isSparing = false;
  #largeCapKbps: number | null = null;
  /** Since when the picture is sent that nobody sees yet; null while it is seen, or not sent. */
  #rehearsedSinceMs: number | null = null;
  #changedMs: number;
  /** When it last stepped up without being asked to by the estimate. */
  #triedMs = Number.NEGATIVE_INFINITY;
  #roomWaitMs = ROOM_WAIT_MS.first;
  #tryWaitMs = TRY_WAIT_MS.first;
  #returnWaitMs = RETURN_WAIT_MS.first;
  #reliefWaitMs = RELIEF_MS.first;
  #ceilingMs: number;
  #relievedMs = Number.NEGATIVE_INFINITY;
  #below = 0;
  #above = 0;
  #strained = 0;
  #measuredMs: number;
  /** Turned over to have the line measured. */
  #isMoved = false;
  #bestRttMs = Number.POSITIVE_INFINITY;

  constructor({ layerCount, uplinkKbps, deviceKbps = Number.POSITIVE_INFINITY, nowMs }: AdaptationOptions) {
    this.#layerCount = layerCount;
    this.#deviceKbps = deviceKbps;
    // What was measured is an upper bound: the rest is for retransmission, headers and other apps.
    this.#rung = Math.max(SMALLEST, rungFor((uplinkKbps ?? 1_100) * 0.9, 1));
    this.#startedMs = nowMs;
    this.#changedMs = nowMs;
    this.#ceilingMs = nowMs;
    this.#measuredMs = nowMs;
  }

  /** Whether viewers are to see the picture. False: the uplink is too thin, and they hear only. */
  get hasPicture(): boolean {
    return this.#rung > NO_PICTURE && this.#rehearsedSinceMs === null;
  }

  get plan(): VideoPlan {
    const rung = RUNGS[this.#limited()] as Rung;
    const cap = Math.min(this.#deviceKbps, this.#largeCapKbps ?? Number.POSITIVE_INFINITY);
    const large: LayerPlan = {
      active: rung.kbps > 0,
      maxBitrate: Math.round(Math.max(100, Math.min(rung.kbps, cap)) - (this.#isMoved ? 1 : 0)) * 1000,
      maxFramerate: rung.fps,
      scaleResolutionDownBy: rung.scale,
    };
    if (this.#layerCount === 1) return [large];
    return [{ ...SMALL_LAYER, active: this.#limited() === TOP }, large];
  }

  /** The server's wish for the large layer, kbit/s; null for none. */
  set largeCapKbps(kbps: number | null) {
    this.#largeCapKbps = kbps;
  }

  /** A hot phone or an empty battery sends less. */
  set isSparing(isSparing: boolean) {
    this.#isSparing = isSparing;
  }

  /** Another connection, perhaps over another network: what was learned of the old one does not count. */
  restart(nowMs: number): void {
    this.#startedMs = nowMs;
    this.#changedMs = nowMs;
    this.#rung = Math.max(SMALLEST, this.#rung);
    this.#rehearsedSinceMs = null;
    this.#bestRttMs = Number.POSITIVE_INFINITY;
    this.#below = 0;
    this.#above = 0;
  }

  /** Takes the statistics of one second; {@link plan} and {@link hasPicture} answer what follows from them. */
  read(stats: SenderStats, nowMs: number): void {
    if (stats.rttMs !== null) this.#bestRttMs = Math.min(this.#bestRttMs, stats.rttMs);
    this.#followProcessor(stats, nowMs);
    if (this.#rehearsedSinceMs !== null) this.#rehearse(stats, nowMs);
    else if (!this.#stepDown(stats, nowMs)) this.#stepUp(stats, nowMs);
    this.#measure(stats, nowMs);
  }

  #limited(): number {
    return Math.min(this.#rung, this.#ceiling, this.#isSparing ? SPARING : TOP);
  }

  /** Has the browser look for what the line carries, where its estimate is not enough for more and cannot grow by itself. */
  #measure(stats: SenderStats, nowMs: number): void {
    if (this.#rung === NO_PICTURE || stats.availableKbps === null || !isIdle(stats) || !this.#isQuiet(stats)) return;
    if (nowMs - this.#measuredMs < MEASURE_EVERY_MS || rungFor(stats.availableKbps, ENTER_ABOVE) >= Math.min(TOP, this.#ceiling)) return;
    this.#measuredMs = nowMs;
    this.#isMoved = !this.#isMoved;
  }

  #rehearse(stats: SenderStats, nowMs: number): void {
    const rehearsedMs = nowMs - (this.#rehearsedSinceMs ?? 0);
    if (rehearsedMs < REHEARSAL_MS.least && !this.#isChoked(stats)) return;
    const carried = stats.availableKbps === null ? SMALLEST : rungFor(stats.availableKbps, LEAVE_BELOW);
    if (carried > NO_PICTURE && !this.#isChoked(stats)) {
      this.#rehearsedSinceMs = null;
      this.#returnWaitMs = RETURN_WAIT_MS.first;
      this.#go(carried, nowMs);
    } else if (rehearsedMs >= REHEARSAL_MS.most || this.#isChoked(stats)) {
      this.#rehearsedSinceMs = null;
      this.#returnWaitMs = Math.min(this.#returnWaitMs * 2, RETURN_WAIT_MS.most);
      this.#go(NO_PICTURE, nowMs);
    }
  }

  #stepDown(stats: SenderStats, nowMs: number): boolean {
    const { availableKbps } = stats;
    const isChoked = this.#isChoked(stats);
    if (this.#rung === NO_PICTURE || (nowMs - this.#startedMs < SETTLE_MS && !isChoked)) return false;
    const carried = availableKbps === null ? this.#rung : rungFor(availableKbps, LEAVE_BELOW);
    const wanted = isChoked ? Math.min(carried, this.#rung - 1) : Math.min(carried, this.#rung);
    if (wanted === this.#rung) {
      this.#below = 0;
      return false;
    }
    this.#below += 1;
    this.#above = 0;
    const isStop = wanted === NO_PICTURE && this.#rung === SMALLEST;
    const isFar = availableKbps !== null && availableKbps < (RUNGS[this.#rung]?.fromKbps ?? 0) * FAR_BELOW;
    if (this.#below < (isStop ? (isFar ? STOP_AFTER_READINGS / 2 : STOP_AFTER_READINGS) : isFar ? 1 : DOWN_AFTER_READINGS)) return true;
    if (nowMs - this.#triedMs < PROOF_MS) {
      this.#roomWaitMs = Math.min(this.#roomWaitMs * 2, ROOM_WAIT_MS.most);
      this.#tryWaitMs = Math.min(this.#tryWaitMs * 2, TRY_WAIT_MS.most);
    }
    // Past the smallest picture only by the slower way above.
    this.#go(isStop ? NO_PICTURE : Math.max(SMALLEST, wanted), nowMs);
    return true;
  }

  #stepUp(stats: SenderStats, nowMs: number): void {
    const sinceChangeMs = nowMs - this.#changedMs;
    if (sinceChangeMs > FORGET_MS) {
      this.#roomWaitMs = ROOM_WAIT_MS.first;
      if (this.#rung === TOP) this.#tryWaitMs = TRY_WAIT_MS.first;
    }
    const isQuiet = this.#isQuiet(stats);
    if (this.#rung === NO_PICTURE) {
      if (isQuiet && sinceChangeMs >= this.#returnWaitMs) {
        this.#go(SMALLEST, nowMs);
        this.#rehearsedSinceMs = nowMs;
      }
      return;
    }
    const most = Math.min(TOP, this.#ceiling);
    const carried = Math.min(most, stats.availableKbps === null ? 0 : rungFor(stats.availableKbps, ENTER_ABOVE));
    this.#above = carried > this.#rung ? this.#above + 1 : 0;
    if (this.#above >= UP_AFTER_READINGS && sinceChangeMs >= CLIMB_WAIT_MS) this.#go(carried, nowMs);
    // Of a picture that it once made smaller the browser says so for long after the bandwidth is there.
    else if (this.#rung < most && isQuiet && (stats.limitedBy !== 'bandwidth' || isIdle(stats))) {
      const next = RUNGS[this.#rung + 1]?.fromKbps ?? 0;
      const hasRoom = stats.availableKbps !== null && stats.availableKbps >= next * LEAVE_BELOW && isIdle(stats);
      if (sinceChangeMs < (hasRoom ? this.#roomWaitMs : this.#tryWaitMs)) return;
      this.#triedMs = nowMs;
      this.#go(this.#rung + 1, nowMs);
    }
  }

  #go(rung: number, nowMs: number): void {
    this.#rung = rung;
    this.#changedMs = nowMs;
    this.#below = 0;
    this.#above = 0;
  }

  /** A phone that cannot encode what it is asked to is asked for less, and for more again only after minutes. */
  #followProcessor(stats: SenderStats, nowMs: number): void {
    const rung = this.#limited();
    const wanted = Math.min(RUNGS[rung]?.fps ?? 0, stats.cameraFps ?? Number.POSITIVE_INFINITY);
    const isBehind = rung === TOP && stats.limitedBy !== 'bandwidth' && nowMs - this.#changedMs > SETTLE_MS && stats.fps > 0 && stats.fps < wanted * 0.5;
    const isStrained = (stats.limitedBy === 'cpu' || isBehind) && stats.lossRatio < HEAVY_LOSS;
    this.#strained = isStrained ? this.#strained + 1 : 0;
    if (this.#strained >= STRAIN_READINGS && rung > SMALLEST) {
      // Strained again soon after it was given more: not so soon the next time.
      if (nowMs - this.#relievedMs < RELIEF_MS.first) this.#reliefWaitMs = Math.min(this.#reliefWaitMs * 2, RELIEF_MS.most);
      this.#ceiling = rung - 1;
      this.#ceilingMs = nowMs;
      this.#strained = 0;
    } else if (this.#ceiling < TOP && nowMs - this.#ceilingMs >= this.#reliefWaitMs) {
      this.#ceiling += 1;
      this.#ceilingMs = nowMs;
      this.#relievedMs = nowMs;
    }
  }

  #isChoked(stats: SenderStats): boolean {
    return (stats.rttMs ?? 0) > CHOKED_RTT_MS || (stats.availableKbps === null && stats.lossRatio > CHOKED_LOSS);
  }

  #isQuiet(stats: SenderStats): boolean {
    return stats.lossRatio < QUIET_LOSS && !this.#isSlow(stats);
  }

  #isSlow(stats: SenderStats): boolean {
    return (stats.rttMs ?? 0) > this.#bestRttMs * 2 + 150;
  }
}

function isIdle({ sentKbps, availableKbps }: SenderStats): boolean {
  return availableKbps !== null && sentKbps < availableKbps * IDLE_SHARE;
}

/** The highest rung whose uplink, times `margin`, is there. */
function rungFor(availableKbps: number, margin: number): number {
  return RUNGS.filter(({ fromKbps }) => fromKbps * margin <= availableKbps).length - 1;
}
