// Owns the checks before going live: facts about phone, sound and network in, a verdict with a reason for each out. Words are the studio's.
import { LEAST_UPLINK_KBPS, TWO_LAYERS_FROM_KBPS } from './layers.ts';
import type { CaptureReason } from './capture-error.ts';
import type { InAppBrowser } from './in-app-browser.ts';
import type { Loudness } from './level-meter.ts';

export const checkIds = ['browser', 'camera', 'sound', 'network', 'battery', 'upright'] as const;
export type CheckId = (typeof checkIds)[number];

/** `wait` is still being measured; `stop` has to be put right first. */
export type Verdict = 'wait' | 'ok' | 'warn' | 'stop';

/** Why, as a stable word that the studio translates. */
export type CheckReason =
  | 'measuring'
  | 'fine'
  | CaptureReason
  | 'speak'
  | 'mic-dead'
  | 'mic-muted'
  | 'mic-quiet'
  | 'uplink-slow'
  | 'uplink-small'
  | 'uplink-unknown'
  | 'battery-low'
  | 'sideways';

export interface Check {
  id: CheckId;
  verdict: Verdict;
  reason: CheckReason;
  /** Whether the host may go live all the same: our measurement can be wrong, and a show that does not start sells nothing. */
  canOverride: boolean;
}

export interface PreflightFacts {
  isSecure: boolean;
  inAppBrowser: InAppBrowser | null;
  /** Whether the browser has camera and WebRTC at all. */
  canCapture: boolean;
  camera: { state: 'opening' } | { state: 'open' } | { state: 'failed'; reason: CaptureReason };
  /** null until the meter has measured once. */
  loudness: Loudness | null;
  isMicrophoneMuted: boolean;
  uplink: { state: 'measuring' } | { state: 'measured'; uplinkKbps: number } | { state: 'failed' };
  /** 0 to 1; null when the browser does not tell. */
  battery: { level: number; isCharging: boolean } | null;
  isUpright: boolean;
}

/** A peak of -40 dBFS: speech at arm's length with automatic gain reaches -20, a quiet room stays under -50. */
export const VOICE_PEAK = 0.01;
/** A live microphone has noise from its first moment on; two seconds of pure zeros is a dead one. */
const DEAD_AFTER_MS = 2000;
const QUIET_AFTER_MS = 8000;
const BATTERY_LOW = 0.2;

/** Judges the facts, in the order in which a host can put things right. */
export function judgePreflight(facts: PreflightFacts): Check[] {
  const checks: Check[] = [browser(facts), camera(facts), sound(facts), network(facts)];
  if (facts.battery) checks.push(battery(facts.battery));
  checks.push(facts.isUpright ? ok('upright') : check('upright', 'warn', 'sideways'));
  return checks;
}

/** `no` names something that has to be put right, `wait` something still measured, `careful` and `yes` may go live. */
export function canGoLive(checks: readonly Check[]): 'wait' | 'no' | 'careful' | 'yes' {
  if (checks.some((one) => one.verdict === 'stop')) return 'no';
  if (checks.some((one) => one.verdict === 'wait')) return 'wait';
  return checks.some((one) => one.verdict === 'warn') ? 'careful' : 'yes';
}

function browser(facts: PreflightFacts): Check {
  if (!facts.isSecure) return check('browser', 'stop', 'insecure');
  if (!facts.canCapture) return check('browser', 'stop', facts.inAppBrowser ? 'in-app-browser' : 'unsupported');
  // Some in-app browsers do give a camera, until the next update of the app: try, but say so.
  return facts.inAppBrowser ? check('browser', 'warn', 'in-app-browser') : ok('browser');
}

function camera(facts: PreflightFacts): Check {
  if (facts.camera.state === 'opening') return check('camera', 'wait', 'measuring');
  return facts.camera.state === 'open' ? ok('camera') : check('camera', 'stop', facts.camera.reason);
}

function sound({ camera: capture, loudness, isMicrophoneMuted }: PreflightFacts): Check {
  if (capture.state !== 'open') return check('sound', 'wait', 'measuring');
  if (isMicrophoneMuted) return check('sound', 'stop', 'mic-muted', true);
  if (!loudness) return check('sound', 'wait', 'speak');
  if (loudness.peak >= VOICE_PEAK) return ok('sound');
  if (!loudness.hasSamples && loudness.heardMs >= DEAD_AFTER_MS) return check('sound', 'stop', 'mic-dead', true);
  return loudness.heardMs < QUIET_AFTER_MS ? check('sound', 'wait', 'speak', true) : check('sound', 'warn', 'mic-quiet');
}

function network({ uplink }: PreflightFacts): Check {
  if (uplink.state === 'measuring') return check('network', 'wait', 'measuring', true);
  if (uplink.state === 'failed') return check('network', 'warn', 'uplink-unknown');
  if (uplink.uplinkKbps < LEAST_UPLINK_KBPS) return check('network', 'stop', 'uplink-slow', true);
  return uplink.uplinkKbps < TWO_LAYERS_FROM_KBPS ? check('network', 'warn', 'uplink-small') : ok('network');
}

function battery(state: { level: number; isCharging: boolean }): Check {
  return state.level < BATTERY_LOW && !state.isCharging ? check('battery', 'warn', 'battery-low') : ok('battery');
}

const ok = (id: CheckId): Check => check(id, 'ok', 'fine');

function check(id: CheckId, verdict: Verdict, reason: CheckReason, canOverride = verdict !== 'stop'): Check {
  return { id, verdict, reason, canOverride };
}
