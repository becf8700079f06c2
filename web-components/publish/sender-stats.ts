// Owns reading WebRTC's sender statistics into the few numbers a host needs, and the traffic light made of them.

/** Once a second while sending. */
export interface SenderStats {
  /** What left the phone in the last second, kbit/s. */
  sentKbps: number;
  /** What the browser believes the uplink carries, kbit/s; null where it does not say. */
  availableKbps: number | null;
  /** Frames a second of the largest layer that is sent. */
  fps: number;
  /** Frames a second that the camera gives: few in the dark; null where the browser does not say. */
  cameraFps: number | null;
  /** Round trip, ms; null before the first report. */
  rttMs: number | null;
  /** Share of packets lost on the way to the server, 0 to 1. */
  lossRatio: number;
  /** What holds the picture back, as the browser says. */
  limitedBy: 'none' | 'bandwidth' | 'cpu' | 'other';
  /** Whether the microphone gave nothing but zeros since the last reading; null where the browser does not say. */
  isSoundZero: boolean | null;
  /** How loud the microphone was since the last reading, 0 (−60 dBFS and less) to 100; null where the browser does not say. */
  soundLevel: number | null;
}

/** Counters of the previous reading. */
export interface StatsMark {
  atMs: number;
  bytesSent: number;
  soundEnergy: number | null;
  soundSeconds: number;
}

/** Of a picture reports come every second. */
const STALE_REPORT_MS = 2_500;

interface Entry {
  id?: string;
  type: string;
  kind?: string;
  timestamp: number;
  active?: boolean;
  bytesSent?: number;
  framesPerSecond?: number;
  frameHeight?: number;
  qualityLimitationReason?: SenderStats['limitedBy'];
  roundTripTime?: number;
  fractionLost?: number;
  localId?: string;
  currentRoundTripTime?: number;
  availableOutgoingBitrate?: number;
  nominated?: boolean;
  totalAudioEnergy?: number;
  totalSamplesDuration?: number;
}

/** Turns a report into numbers; `mark` is what the previous call answered. */
export function readSenderStats(report: Iterable<[string, unknown]>, mark: StatsMark | null): { stats: SenderStats; mark: StatsMark } {
  const entries = [...report].map(([, entry]) => entry as Entry);
  const outbound = entries.filter((entry) => entry.type === 'outbound-rtp');
  // The reports on a layer that was switched off stay as they were.
  const isSilenced = (id: string | undefined): boolean => outbound.some((entry) => entry.id === id && id !== undefined && entry.active === false);
  const reports = entries.filter((entry) => entry.type === 'remote-inbound-rtp' && !isSilenced(entry.localId));
  // Of a voice there is one every five seconds or more: what it tells of losses may be over.
  const newestMs = Math.max(...reports.map(({ timestamp }) => timestamp));
  const remote = reports.filter(({ timestamp }) => newestMs - timestamp < STALE_REPORT_MS);
  const pair = entries.find((entry) => entry.type === 'candidate-pair' && entry.nominated);
  const source = (kind: string) => entries.find((entry) => entry.type === 'media-source' && entry.kind === kind);
  const atMs = outbound[0]?.timestamp ?? 0;
  const bytesSent = outbound.reduce((sum, entry) => sum + (entry.bytesSent ?? 0), 0);
  const video = outbound.filter((entry) => entry.kind === 'video' && entry.active !== false).sort((a, b) => (b.frameHeight ?? 0) - (a.frameHeight ?? 0));
  const rtt = remote.map((entry) => entry.roundTripTime).find((value) => value !== undefined) ?? pair?.currentRoundTripTime;
  const elapsedMs = mark ? atMs - mark.atMs : 0;
  const soundEnergy = source('audio')?.totalAudioEnergy ?? null;
  const soundSeconds = source('audio')?.totalSamplesDuration ?? 0;
  const isHeard = mark !== null && mark.soundEnergy !== null && soundEnergy !== null && soundSeconds > mark.soundSeconds;
  return {
    stats: {
      sentKbps: mark && elapsedMs > 0 ? Math.max(0, Math.round(((bytesSent - mark.bytesSent) * 8) / elapsedMs)) : 0,
      availableKbps: pair?.availableOutgoingBitrate === undefined ? null : Math.round(pair.availableOutgoingBitrate / 1000),
      fps: Math.round(video.find((entry) => (entry.framesPerSecond ?? 0) > 0)?.framesPerSecond ?? 0),
      cameraFps: source('video')?.framesPerSecond ?? null,
      rttMs: rtt === undefined ? null : Math.round(rtt * 1000),
      lossRatio: Math.max(0, ...remote.map((entry) => entry.fractionLost ?? 0)),
      limitedBy: video[0]?.qualityLimitationReason ?? 'none',
      isSoundZero: isHeard ? soundEnergy === mark.soundEnergy : null,
      soundLevel: isHeard ? levelOf((soundEnergy - (mark.soundEnergy as number)) / (soundSeconds - mark.soundSeconds)) : null,
    },
    mark: { atMs, bytesSent, soundEnergy, soundSeconds },
  };
}

const QUIETEST_DB = -60;

/** @param power mean of the squared sound, 0 to 1 (webrtc-stats, totalAudioEnergy) */
function levelOf(power: number): number {
  const db = power > 0 ? 10 * Math.log10(power) : QUIETEST_DB;
  return Math.round(Math.min(100, Math.max(0, ((db - QUIETEST_DB) / -QUIETEST_DB) * 100)));
}

export type Quality = 'good' | 'fair' | 'poor' | 'sound';

/** What judging needs of the statistics. */
type Judged = Pick<SenderStats, 'sentKbps' | 'fps' | 'rttMs' | 'lossRatio'>;

/**
 * The light on the live screen. `poor` is what viewers notice: hardly a picture, or words lost; `sound`: the uplink carries the voice only.
 * @param picture `hidden` while the host hides the camera, `stopped` while the uplink is too thin for it
 */
export function judgeQuality(stats: Judged, picture: 'sent' | 'hidden' | 'stopped' = 'sent'): Quality {
  if (picture === 'stopped') return 'sound';
  const isVideoSent = picture === 'sent';
  if (stats.lossRatio > 0.1 || (stats.rttMs ?? 0) > 800 || (isVideoSent && stats.fps < 5)) return 'poor';
  if (stats.lossRatio > 0.03 || (stats.rttMs ?? 0) > 350 || (isVideoSent && (stats.fps < 12 || stats.sentKbps < 150))) return 'fair';
  return 'good';
}
