// Owns when a viewer's page begins to be counted: one set of measures for each player and visit, all over one box of batches.
import { SIGNED_IN_MARK } from '../../server/protocol/access.ts';
import { createSession, deviceStorage, type Visit } from '../show/index.ts';
import { BatchBox } from './batch-box.ts';
import { countingOf } from './counting.ts';
import { Deeds } from './deeds.ts';
import { deviceOf } from './device.ts';
import { followsSeller } from './follows.ts';
import type { MeasuredPlayer } from './measured-player.ts';
import { Sightings } from './sightings.ts';
import { Watching } from './watching.ts';

export type { MeasuredPlayer } from './measured-player.ts';

/** How often everything is looked at: a sighting takes a second, and a heartbeat may be late by half of one. */
const LOOK_MS = 500;

const measured = new WeakMap<MeasuredPlayer, Visit>();

/**
 * Counts what is watched, seen and done around a player, and tells the server of the show; nobody else. Called again for the same player
 * and visit it does nothing. Ends by itself once the player shows another visit or has left the page.
 */
export function measure(player: MeasuredPlayer, visit: Visit): void {
  if (measured.get(player) === visit) return;
  measured.set(player, visit);
  const storage = deviceStorage();
  const { serverUrl, showId } = visit;
  const isHome = serverUrl === location.origin && storage.getItem(SIGNED_IN_MARK) !== null;
  const box = new BatchBox({
    serverUrl,
    showId,
    storage,
    device: deviceOf(storage, serverUrl, showId),
    counting: () => countingOf(player, storage),
    connection: () => (visit.client.socket.state === 'connected' && visit.store.snapshot ? (batch) => visit.client.request('telemetry.send', batch) : null),
    // Who works for the show is counted apart, and the server knows them by the token of staff.
    token: async () => (isHome ? await createSession({ serverUrl, storage }).token() : null) ?? (await visit.viewer.provider()),
  });
  const watching = new Watching(player, visit, box, () => followsSeller(visit));
  const sightings = new Sightings(player, visit, box);
  const deeds = new Deeds(visit, box);

  const look = (): void => {
    if (!player.isConnected || measured.get(player) !== visit) return end();
    watching.look();
    sightings.look();
    deeds.look();
    box.tend();
  };
  const leave = (): void => {
    watching.pause();
    deeds.look(true);
    box.leave();
  };
  const onVisibility = (): void => {
    look();
    if (document.visibilityState === 'hidden') leave();
  };
  const ticking = setInterval(look, LOOK_MS);
  document.addEventListener('visibilitychange', onVisibility);
  addEventListener('pagehide', leave);
  function end(): void {
    clearInterval(ticking);
    document.removeEventListener('visibilitychange', onVisibility);
    removeEventListener('pagehide', leave);
    leave();
    watching.close();
    sightings.close();
    deeds.close();
    if (measured.get(player) === visit) measured.delete(player);
  }
  look();
}
