// Owns reading WebRTC's sender statistics into the few numbers a host needs, and the traffic light made of them.

/** Once a second while sending. */
export interface SenderStats {
  /** What left the phone in the last second, kbit/s. */
  sentKbps: number;
  /** Frames a second of the largest layer that is sent. */
  fps: number;
  /** Round trip, ms; null before the first report. */
  rttMs: number | null;
  /** Share of packets lost on the way to the server, 0 to 1. */
  lossRatio: number;
  /** What holds the picture back, as the browser says. */
  limitedBy: 'none' | 'bandwidth' | 'cpu' | 'other';
}

/** Counters of the previous reading. */
export interface StatsMark {
  atMs: number;
  bytesSent: number;
}

interface Entry {
  type: string;
  kind?: string;
  timestamp: number;
  bytesSent?: number;
  framesPerSecond?: number;
  frameHeight?: number;
  qualityLimitationReason?: SenderStats['limitedBy'];
  roundTripTime?: number;
  fractionLost?: number;
  currentRoundTripTime?: number;
  nominated?: boolean;
}

/** Turns a report into numbers; `mark` is what the previous call answered. */
export function readSenderStats(report: Iterable<[string, unknown]>, mark: StatsMark | null): { stats: SenderStats; mark: StatsMark } {
  const entries = [...report].map(([, entry]) => entry as Entry);
  const outbound = entries.filter((entry) => entry.type === 'outbound-rtp');
  const remote = entries.filter((entry) => entry.type === 'remote-inbound-rtp');
  const pair = entries.find((entry) => entry.type === 'candidate-pair' && entry.nominated);
  const atMs = outbound[0]?.timestamp ?? 0;
  const bytesSent = outbound.reduce((sum, entry) => sum + (entry.bytesSent ?? 0), 0);
  const video = outbound.filter((entry) => entry.kind === 'video').sort((a, b) => (b.frameHeight ?? 0) - (a.frameHeight ?? 0));
  const rtt = remote.map((entry) => entry.roundTripTime).find((value) => value !== undefined) ?? pair?.currentRoundTripTime;
  const elapsedMs = mark ? atMs - mark.atMs : 0;
  return {
    stats: {
      sentKbps: mark && elapsedMs > 0 ? Math.max(0, Math.round(((bytesSent - mark.bytesSent) * 8) / elapsedMs)) : 0,
      fps: Math.round(video.find((entry) => (entry.framesPerSecond ?? 0) > 0)?.framesPerSecond ?? 0),
      rttMs: rtt === undefined ? null : Math.round(rtt * 1000),
      lossRatio: Math.max(0, ...remote.map((entry) => entry.fractionLost ?? 0)),
      limitedBy: video[0]?.qualityLimitationReason ?? 'none',
    },
    mark: { atMs, bytesSent },
  };
}

export type Quality = 'good' | 'fair' | 'poor';

/**
 * The light on the live screen. `poor` is what viewers notice: hardly a picture, or words lost.
 * @param isVideoSent false while the host hides the camera
 */
export function judgeQuality(stats: SenderStats, isVideoSent = true): Quality {
  if (stats.lossRatio > 0.1 || (stats.rttMs ?? 0) > 800 || (isVideoSent && stats.fps < 5)) return 'poor';
  if (stats.lossRatio > 0.03 || (stats.rttMs ?? 0) > 350 || (isVideoSent && (stats.fps < 12 || stats.sentKbps < 150))) return 'fair';
  return 'good';
}
