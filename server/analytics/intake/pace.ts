// Owns how often pages are to tell: a batch costs more than what is in it, so where many watch, each tells less often and more at once. Pure.
import { HEARTBEAT_MS, TELL_LEAST_MS, TELL_MOST_MS } from '../../protocol/telemetry.ts';

/** What orders beside it do not feel. */
const BATCHES_PER_SECOND = 500;

/** @returns ms, whole heartbeats */
export function paceFor(devices: number): number {
  const beats = Math.ceil((devices / BATCHES_PER_SECOND) * (1000 / HEARTBEAT_MS));
  return Math.min(TELL_MOST_MS, Math.max(TELL_LEAST_MS, beats * HEARTBEAT_MS));
}
