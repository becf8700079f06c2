// Owns what happens to those who are here by a link when it changes: other rights hold in their rooms at once, and with its end they are out.
import type { WireSessions } from '../../media/index.ts';
import type { Clock } from '../../platform/clock.ts';
import { ignore } from '../../platform/errors.ts';
import type { Peer } from '../../platform/socket.ts';
import type { Participants } from '../participants.ts';
import type { Rooms } from '../rooms.ts';
import type { ShowViews } from '../view.ts';
import type { Links } from './links.ts';
import { staffKind } from './permissions.ts';

export async function tellOfLink(linkId: string, deps: { links: Links; wires: WireSessions; peersOf: (linkId: string) => readonly Peer[]; participants: Participants; rooms: Rooms; views: ShowViews; clock: Clock }): Promise<void> {
  const { links, wires, participants, rooms, views, clock } = deps;
  const standing = await links.standing(linkId);
  if (!standing || standing.isRevoked) wires.endOfLink(linkId);
  for (const peer of deps.peersOf(linkId)) {
    if (!standing || standing.isRevoked) {
      peer.send('access.ended', { at: clock.now() });
      // Not lost but sent away: nothing of theirs goes on for a moment.
      participants.remove(peer);
      peer.disconnect();
      continue;
    }
    const rights = [...standing.rights];
    peer.caller = { ...peer.caller, claims: { ...peer.caller.claims, rights } };
    const showId = participants.find(peer)?.showId;
    const show = showId === undefined ? undefined : await views.show(showId).catch(ignore('the show is being deleted, and all in it told'));
    // Without a wait in between, in which an event would be missed; and not back into a show that was left meanwhile.
    if (show && participants.find(peer)?.showId === show.id) {
      rooms.leave(peer, show.id);
      rooms.enter(peer, show.id, staffKind(peer.caller, show));
    }
    peer.send('access.changed', { at: clock.now(), rights });
  }
}
