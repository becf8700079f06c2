// Owns which step of recovery a viewer is told of. Pure.
import type { PlayerState } from '../../show/index.ts';

export type RecoveryStep = 'offline' | 'restarting' | 'joining' | 'picture' | 'otherWay' | 'beside';

/** The ladder starts HLS beside a picture that has stopped for this long; where there is none, TCP takes the place of UDP later. */
const OTHER_WAY_MS = 2_500;
const OTHER_WAY_WITHOUT_HLS_MS = 6_000;
/** A socket alone is back so soon that nobody has to know. */
const SOCKET_PATIENCE_MS = 2_000;
/** A server that said goodbye is back within this long, or something else is wrong. */
const RESTART_MS = 60_000;

export interface RecoverySituation {
  state: PlayerState;
  isOnline: boolean;
  isConnected: boolean;
  /** For how long the connection, and the picture, have been lost. */
  socketLostMs: number;
  pictureLostMs: number;
  /** Since the server said that it stops; null when it did not. */
  closingMs: number | null;
  hasHls: boolean;
}

/** What is being done now; null when there is nothing to tell. */
export function recoveryStep({ state, isOnline, isConnected, socketLostMs, pictureLostMs, closingMs, hasHls }: RecoverySituation): RecoveryStep | null {
  const isStopped = state === 'reconnecting';
  if (!isStopped && (isConnected || socketLostMs < SOCKET_PATIENCE_MS)) return null;
  if (!isOnline) return 'offline';
  if (!isConnected && closingMs !== null && closingMs < RESTART_MS) return 'restarting';
  if (!isStopped) return 'beside';
  if (!isConnected) return 'joining';
  return pictureLostMs > (hasHls ? OTHER_WAY_MS : OTHER_WAY_WITHOUT_HLS_MS) ? 'otherWay' : 'picture';
}
