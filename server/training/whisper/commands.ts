// Owns the socket commands of the line to the ear: each finds whose they are in the show, and hands on.
import type { Live } from '../../live/index.ts';
import type { Clock } from '../../platform/clock.ts';
import { FieldcastError } from '../../platform/errors.ts';
import type { CommandHandlers, Peer } from '../../platform/socket.ts';
import type { CommandName } from '../../protocol/commands.ts';
import type { Show } from '../../protocol/show.ts';
import type { End, Line } from './line.ts';
import type { Lines } from './lines.ts';

export type WhisperCommandName = Extract<CommandName, `whisper.${string}`>;

export interface WhisperCommandDeps {
  lines: Lines;
  room: Pick<Live['room'], 'showOf'>;
  /** @throws FieldcastError `not-found` */
  showOf: (showId: string) => Promise<Pick<Show, 'id' | 'hostId' | 'status'>>;
  clock: Clock;
}

export function whisperCommands({ lines, room, showOf, clock }: WhisperCommandDeps): Pick<CommandHandlers, WhisperCommandName> {
  /** The line of the show that this connection is in as a coach. */
  function coached(peer: Peer): string {
    const { showId, isCoach } = room.showOf(peer);
    if (!isCoach) throw new FieldcastError('auth.forbidden', 'Only a coach of this show whispers.');
    return showId;
  }

  function endOf(peer: Peer): End {
    const { identity, name = '' } = peer.caller.claims;
    return { peerId: peer.id, identity, name, lost: (transportId) => peer.send('transport.closed', { transportId, at: clock.now() }) };
  }

  const followed = new WeakSet<object>();
  /** Whoever leaves the show, in whatever way, is off its line. */
  function follow(peer: Peer): void {
    const place = room.showOf(peer);
    if (followed.has(place)) return;
    followed.add(place);
    place.onLeft(() => lines.find(place.showId)?.leave(peer.id));
  }

  function lineOf(showId: string): Line<Peer['caller']> {
    const line = lines.find(showId);
    if (!line) throw new FieldcastError('media.not-found', 'Nobody is on this line.');
    return line;
  }

  return {
    async 'whisper.open'({ forceTcp }, peer) {
      const show = await showOf(coached(peer));
      if (show.status === 'ended') throw new FieldcastError('show.wrong-state', 'This show has ended.');
      follow(peer);
      const line = lines.of(show);
      return { transport: await line.open(endOf(peer), { forceTcp }), whisper: line.state };
    },

    async 'whisper.produce'({ transportId, rtpParameters }, peer) {
      return { producerId: await lineOf(coached(peer)).produce(peer.id, transportId, rtpParameters) };
    },

    async 'whisper.talk'({ isTalking }, peer) {
      await lineOf(coached(peer)).talk(peer.id, isTalking);
      return {};
    },

    async 'whisper.hear'({ rtpCapabilities, forceTcp }, peer) {
      const show = await showOf(room.showOf(peer).showId);
      follow(peer);
      const line = lines.of(show);
      const take = (consumers: Parameters<Parameters<typeof line.hear>[2]['take']>[0]) => peer.send('whisper.track', { showId: show.id, at: clock.now(), consumers });
      return line.hear(endOf(peer), peer.caller, { rtpCapabilities, forceTcp, take });
    },

    async 'whisper.connect'({ transportId, dtlsParameters }, peer) {
      await lineOf(room.showOf(peer).showId).connect(peer.id, transportId, dtlsParameters);
      return {};
    },

    'whisper.close'(_input, peer) {
      lines.find(room.showOf(peer).showId)?.leave(peer.id);
      return {};
    },
  };
}
