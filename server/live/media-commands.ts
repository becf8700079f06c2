// Owns the socket commands of media signalling: each finds the caller's own session and hands on; media does the work.
import { FieldcastError } from '../platform/errors.ts';
import type { CommandHandlers, Peer } from '../platform/socket.ts';
import type { Clock } from '../platform/clock.ts';
import type { EgressSession, IngestSession, Media } from '../media/index.ts';
import { sendable } from './broadcast.ts';
import type { Participant, Participants } from './participants.ts';
import type { ShowViews } from './view.ts';

type MediaCommands = Omit<CommandHandlers, 'show.join' | 'show.leave' | 'reaction.send' | 'telemetry.send' | `whisper.${string}`>;

export function mediaCommands(deps: { media: Media; participants: Participants; views: ShowViews; clock: Clock }): MediaCommands {
  const { media, participants, views, clock } = deps;

  function publisher(peer: Peer): Participant {
    const participant = participants.require(peer);
    if (!participant.isHost) throw new FieldcastError('auth.forbidden', 'Only the host of this show sends picture and sound.');
    return participant;
  }

  // What the client asked for itself it knows; of a dead worker under the whole stream `stream.changed` tells.
  function tellEnd(peer: Peer, session: IngestSession | EgressSession): void {
    session.onClosed((reason) => {
      if (reason === 'closed' || reason === 'replaced' || reason === 'worker-died') return;
      peer.send('transport.closed', { transportId: session.transport.id, at: clock.now() });
    });
  }

  function tellReplaced(peer: Peer, showId: string, session: IngestSession): void {
    session.onReplaced(() => peer.send('publish.replaced', { showId, at: clock.now() }));
  }

  return {
    async 'media.watch'({ rtpCapabilities, forceTcp }, peer) {
      const participant = participants.require(peer);
      const stream = media.find(participant.showId);
      if (!stream || stream.info().producers.length === 0) throw new FieldcastError('show.not-live', 'Nothing is sent yet; stream.changed will tell.');
      await participant.seat.ask();
      const session = await stream.watch({ rtpCapabilities, forceTcp, isPinned: participant.seat.isPinned });
      tellEnd(peer, session);
      await participant.receive(session);
      return { transport: session.transport, consumers: session.consumers, allotted: participant.seat.allotted };
    },

    'media.adopt'({ transportId }, peer) {
      const { showId, seat } = participants.require(peer);
      const session = participants.adopt(peer, transportId);
      if ('onReplaced' in session) tellReplaced(peer, showId, session);
      tellEnd(peer, session);
      return { allotted: seat.allotted };
    },

    async 'media.consume'(_input, peer) {
      return { consumers: await participants.require(peer).egress.consume() };
    },

    async 'media.resume'({ consumerIds }, peer) {
      await participants.require(peer).egress.resume(consumerIds);
      return {};
    },

    async 'media.pause'({ consumerIds }, peer) {
      await participants.require(peer).egress.pause(consumerIds);
      return {};
    },

    'media.want'(wish, peer) {
      participants.require(peer).want(wish);
      return {};
    },

    async 'media.publish'({ forceTcp, takeOver }, peer) {
      const participant = publisher(peer);
      const { status } = await views.show(participant.showId);
      if (status === 'ended') throw new FieldcastError('show.wrong-state', 'This show has ended.');
      const stream = media.stream(participant.showId);
      participants.endLostSending(participant.showId);
      if (!takeOver && stream.isSentByAnother(participant.ingest)) throw taken();
      const session = await stream.publish({ forceTcp });
      tellReplaced(peer, participant.showId, session);
      tellEnd(peer, session);
      participant.send(session, takeOver);
      const advice = media.uplink.advice(participant.showId);
      if (advice) peer.send('publish.advice', { showId: participant.showId, at: clock.now(), ...sendable(advice) });
      return { transport: session.transport };
    },

    async 'media.produce'({ transportId, kind, rtpParameters }, peer) {
      const participant = publisher(peer);
      const ingest = participant.ingestOf(transportId);
      // Two phones may have asked at once, when nobody sent yet.
      if (!participant.takesOver && media.stream(participant.showId).isSentByAnother(ingest)) throw taken();
      return ingest.produce({ kind, rtpParameters });
    },

    async 'media.pause-producer'({ producerId, paused, reason }, peer) {
      const { ingest } = publisher(peer);
      if (!ingest) throw new FieldcastError('media.not-found', 'This connection sends nothing.');
      await ingest.pause(producerId, paused, reason);
      return {};
    },

    async 'media.connect'({ transportId, dtlsParameters }, peer) {
      await participants.require(peer).sessionOf(transportId).connect(dtlsParameters);
      return {};
    },

    async 'media.restart-ice'({ transportId }, peer) {
      return { iceParameters: await participants.require(peer).sessionOf(transportId).restartIce() };
    },

    'media.close'({ transportId }, peer) {
      participants.require(peer).sessionOf(transportId).close();
      return {};
    },
  };
}

const taken = () => new FieldcastError('publish.taken', 'Another connection sends this show; takeOver replaces it.');
