// Owns when the lobby comes: with the first picture, or when there is none to wait for.
import type { Visit } from '../show/index.ts';
import type { MeasuredPlayer } from '../telemetry/index.ts';

let askedFor: Visit | null = null;

/** Loads what is not needed before, and tells it of each visit. A failed download is tried again by the next call. */
export function loadLobby(player: MeasuredPlayer, visit: Visit | null): void {
  if (askedFor === visit) return;
  askedFor = visit;
  import('./lobby/index.ts').then(
    ({ enterLobby }) => enterLobby(player, visit),
    () => {
      askedFor = null;
    },
  );
}
