// Owns the socket commands by which a connection enters and leaves a show.
import { type Auth, VIEWER_TOKEN_TTL_MS } from '../platform/auth.ts';
import type { Clock } from '../platform/clock.ts';
import type { Bus } from '../platform/events.ts';
import type { CommandHandlers } from '../platform/socket.ts';
import { NO_STREAM } from '../protocol/media.ts';
import { type HlsPasses, hlsPath, type Media } from '../media/index.ts';
import type { LiveFacts } from './facts.ts';
import type { Coaches } from './access/coaches.ts';
import type { Gate } from './access/gate.ts';
import type { Links } from './access/links.ts';
import { isHostOf, isStaffOf, rightsIn, staffKind } from './access/permissions.ts';
import { Participant, type Participants, rankOf } from './participants.ts';
import type { Presence } from './presence.ts';
import type { Rooms } from './rooms.ts';
import type { ShowViews } from './view.ts';

export function showCommands(deps: {
  auth: Auth;
  bus: Bus<LiveFacts>;
  coaches: Coaches;
  gate: Gate;
  links: Links;
  media: Media;
  passes: HlsPasses;
  participants: Participants;
  presence: Presence;
  rooms: Rooms;
  views: ShowViews;
  clock: Clock;
  /** Of the cache in front of HLS; empty: there is none. */
  hlsBaseUrl: string;
}): Pick<CommandHandlers, 'show.join' | 'show.leave'> {
  const { auth, bus, coaches, gate, links, media, passes, participants, presence, rooms, views, clock, hlsBaseUrl } = deps;
  return {
    async 'show.join'({ showId }, peer) {
      const show = await views.show(showId);
      await gate.require(peer.caller, show);
      const isStaff = isStaffOf(peer.caller, show);
      const isCoach = await coaches.may(peer.caller, show);
      const isViewer = !isStaff && !isCoach;
      let participant = participants.find(peer);
      // Somebody who watched and is let in as a coach now, or the other way round, has another place.
      if (participant?.showId === showId && participant.isCoach !== isCoach) {
        participants.remove(peer);
        participant = undefined;
      }
      if (participant?.showId !== showId) {
        rooms.enter(peer, showId, staffKind(peer.caller, show));
        const sayPresence = () => rooms.sendPresence(showId, () => presence.viewers(showId));
        const countOut = !isViewer ? undefined : presence.enter(showId, peer.caller.claims.identity);
        if (countOut) sayPresence();
        participant = new Participant({
          showId,
          isStaff,
          isCoach,
          isHost: isHostOf(peer.caller, show),
          seat: media.uplink.seat({
            streamId: showId,
            identity: peer.caller.claims.identity,
            rank: rankOf(!isViewer, false),
            wish: 'full',
            allotted: (allotment) => peer.send('media.allotted', { showId, at: clock.now(), ...allotment }),
            turn: (place) => peer.send('media.turn', { showId, at: clock.now(), place }),
          }),
          onLeave() {
            rooms.leave(peer, showId);
            countOut?.();
            if (countOut) sayPresence();
            if (isCoach) bus.emit('coach.left', { showId, identity: peer.caller.claims.identity });
          },
        });
        participants.add(peer, participant);
        if (isCoach) bus.emit('coach.came', { showId });
        if (isViewer) bus.emit('viewer.joined', { showId, identity: peer.caller.claims.identity });
        const { linkId } = peer.caller.claims;
        if (linkId !== undefined) {
          await links.seen(linkId);
          peer.scope.add(() => links.left(linkId));
        }
      }
      const isNew = !peer.caller.isKnown;
      return {
        snapshot: await views.snapshot(showId),
        rtpCapabilities: media.rtpCapabilities,
        stream: media.find(showId)?.info() ?? NO_STREAM,
        hlsUrl: hlsBaseUrl + hlsPath(showId, (await gate.isGated(showId)) ? passes.make(showId) : undefined),
        viewerToken: isNew ? await auth.sign(peer.caller.claims, VIEWER_TOKEN_TTL_MS) : null,
        isStaff,
        isCoach,
        rights: rightsIn(peer.caller, show),
      };
    },

    'show.leave'(_input, peer) {
      participants.find(peer)?.seat.giveUp();
      participants.remove(peer);
      return {};
    },
  };
}
