// Owns what the player's `state` is, from what is known of the show, the connection and the picture. Pure.
import type { ShowSnapshot } from '../../server/protocol/show.ts';
import type { EnginePhase } from '../playback/index.ts';
import type { Failure, PlayerState } from '../show/index.ts';

export interface PlayerSituation {
  snapshot: ShowSnapshot | null;
  error: Failure | null;
  phase: EnginePhase;
  /** Whether a picture of this live stretch has been seen: the difference between connecting and reconnecting. */
  hasPlayed: boolean;
  /** Whether the show, being over, can be watched again. */
  hasReplay: boolean;
}

/** The `state` attribute. A lost connection alone changes nothing while the picture goes on. */
export function playerState({ snapshot, error, phase, hasPlayed, hasReplay }: PlayerSituation): PlayerState {
  if (!snapshot) return error ? 'unavailable' : 'connecting';
  switch (snapshot.show.status) {
    case 'planned':
      return 'planned';
    case 'ended':
      return hasReplay ? 'replay' : 'ended';
    case 'paused':
      return 'paused';
    case 'live':
      if (phase === 'queued') return 'queued';
      if (phase === 'failed' || (phase === 'blocked' && !hasPlayed)) return 'unavailable';
      if (phase === 'playing') return 'live';
      return hasPlayed || phase === 'stalled' ? 'reconnecting' : 'connecting';
  }
}
