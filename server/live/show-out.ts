// Owns the way out for those who watch a show and are not let in any more.
import type { Clock } from '../platform/clock.ts';
import type { Gate } from './access/gate.ts';
import type { Participants } from './participants.ts';
import type { ShowViews } from './view.ts';

/** Asks the gate about everybody in the show; whom it refuses loses picture and room and is told. */
export async function showOut({ showId, participants, views, gate, clock }: { showId: string; participants: Participants; views: ShowViews; gate: Gate; clock: Clock }) {
  const show = await views.show(showId);
  for (const { peer, participant } of participants.of(showId)) {
    if (await gate.mayEnter(peer.caller, show)) continue;
    participants.remove(peer, participant);
    peer.send('admission.ended', { showId, at: clock.now() });
  }
}
