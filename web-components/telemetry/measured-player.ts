// Owns what is read of a player in order to count what it plays.
import type { PlayerPath, PlayerState } from '../show/index.ts';

/** A player, as far as counting goes. */
export interface MeasuredPlayer extends HTMLElement {
  readonly state: PlayerState;
  readonly path: PlayerPath | null;
  /** What plays now, live or replay. */
  readonly videoElement: HTMLVideoElement;
  readonly renderRoot: HTMLElement | DocumentFragment;
  /** Whether the live connection goes through a relay; missing: not known. */
  readonly isRelayed?: boolean;
  received(): Promise<{ bytes: number; playingMs: number }>;
}
