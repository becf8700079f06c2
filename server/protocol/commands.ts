// Owns the list of socket commands. A client sends (name, input, ack); the ack is always a Result.
import * as v from 'valibot';
import { right, roles } from './access.ts';
import { command } from './endpoint.ts';
import { id } from './ids.ts';
import { whisperState } from './coach-desk.ts';
import * as media from './media.ts';
import { reactionCount, reactionKind } from './stage.ts';
import { showSnapshot } from './show.ts';
import { telemetryBatch, telemetryTaken } from './telemetry.ts';

const publishers = ['host', 'operator'] as const;
const coach = ['coach'] as const;
const host = ['host'] as const;
const ears = ['coach', 'host'] as const;
const done = v.strictObject({});

export const commands = {
  'show.join': command({
    name: 'show.join',
    summary: 'Enter a show. Joins its room for events and counts this identity as a viewer (staff and coaches are not counted). Joining again answers a fresh snapshot',
    roles,
    input: v.strictObject({ showId: id }),
    result: v.object({
      snapshot: showSnapshot,
      /** Router capabilities for `Device.load()`. */
      rtpCapabilities: v.unknown(),
      stream: media.streamInfo,
      /** Path of the HLS playlist, live and afterwards; for a gated show with a pass that holds for at least six hours. */
      hlsUrl: v.string(),
      /** Identity of this device for its next connection; null when it came with a token. */
      viewerToken: v.nullable(v.string()),
      /** Whether this socket may publish and see orders of the show. */
      isStaff: v.boolean(),
      /** Whether this socket coaches in it. */
      isCoach: v.boolean(),
      /** What staff may do in it; empty for viewers. */
      rights: v.array(right),
    }),
    limit: 60,
  }),
  'show.leave': command({
    name: 'show.leave',
    summary: 'Leave the show and close its transports',
    roles,
    input: done,
    result: done,
  }),
  'reaction.send': command({
    name: 'reaction.send',
    summary: 'Taps of one kind since the last command, in the show that was joined; one command a second is enough. What got no answer is not sent again: a heart may be lost, not doubled',
    roles,
    input: v.strictObject({ kind: reactionKind, count: reactionCount }),
    result: done,
    limit: 120,
  }),
  'telemetry.send': command({
    name: 'telemetry.send',
    summary: 'What a page measured of the show that was joined, as one numbered batch: the body of `POST /api/v1/shows/{showId}/telemetry` at a tenth of its bytes. What got no answer goes again, by either way; its number counts once',
    roles,
    input: telemetryBatch,
    result: telemetryTaken,
    limit: 60,
  }),
  'media.watch': command({
    name: 'media.watch',
    summary:
      'Receive the show: one transport for audio and video, with a paused consumer per producer that the device can play. `media.queued` when the server has no room: `media.turn` tells when to ask again. `media.use-hls` when a cache in front of HLS has room',
    roles,
    input: v.strictObject({
      rtpCapabilities: media.rtpCapabilities,
      /** Offer TCP candidates only: for networks that swallow UDP. */
      forceTcp: v.optional(v.boolean(), false),
    }),
    result: v.object({ transport: media.transportInfo, consumers: v.array(media.consumerInfo), allotted: media.allotment }),
    limit: 60,
  }),
  'media.adopt': command({
    name: 'media.adopt',
    summary: 'Take over what this device received or sent on a connection that was lost, within 5 s, after `show.join` on a new one: the media went on meanwhile. `media.not-found` when it is too late: `media.watch`, `media.publish`',
    roles,
    input: v.strictObject({ transportId: id }),
    result: v.object({ allotted: media.allotment }),
    limit: 60,
  }),
  'media.consume': command({
    name: 'media.consume',
    summary: 'Consumers for producers that came after `media.watch`, on its transport',
    roles,
    input: done,
    result: v.object({ consumers: v.array(media.consumerInfo) }),
    limit: 120,
  }),
  'media.resume': command({
    name: 'media.resume',
    summary: 'Start consumers once the client has built them; video starts with a key frame',
    roles,
    input: v.strictObject({ consumerIds: v.pipe(v.array(id), v.minLength(1), v.maxLength(4)) }),
    result: done,
    limit: 120,
  }),
  'media.pause': command({
    name: 'media.pause',
    summary: 'Stop consumers without closing them (page hidden, data saver)',
    roles,
    input: v.strictObject({ consumerIds: v.pipe(v.array(id), v.minLength(1), v.maxLength(4)) }),
    result: done,
    limit: 120,
  }),
  'media.want': command({
    name: 'media.want',
    summary: 'What this viewer would like at most (data saver, hidden page), and whether they are in the checkout, which goes before others; `media.allotted` tells what comes of it. Holds for the connection, also before `media.watch`',
    roles,
    input: v.strictObject({ picture: v.picklist(['full', 'small', 'none']), isBuying: v.boolean() }),
    result: done,
    limit: 120,
  }),
  'media.publish': command({
    name: 'media.publish',
    summary:
      'A transport to send on. While another connection sends: `publish.taken`, or with `takeOver` the first track sent on this transport replaces it, and it gets `publish.replaced`',
    roles: publishers,
    input: v.strictObject({ forceTcp: v.optional(v.boolean(), false), takeOver: v.optional(v.boolean(), false) }),
    result: v.object({ transport: media.transportInfo }),
    limit: 60,
  }),
  'media.produce': command({
    name: 'media.produce',
    summary: 'Send a track. The first one makes the show live',
    roles: publishers,
    input: v.strictObject({ transportId: id, kind: media.mediaKind, rtpParameters: media.rtpParameters }),
    result: v.object({ producerId: id }),
    limit: 60,
  }),
  'media.pause-producer': command({
    name: 'media.pause-producer',
    summary: 'Mute or unmute a track for everyone. `reason` is `network` when the uplink carries no picture',
    roles: publishers,
    input: v.strictObject({ producerId: id, paused: v.boolean(), reason: v.optional(v.picklist(media.pauseReasons), 'host') }),
    result: done,
    limit: 240,
  }),
  'media.connect': command({
    name: 'media.connect',
    summary: 'DTLS parameters of the client for a transport of this socket',
    roles,
    input: v.strictObject({ transportId: id, dtlsParameters: media.dtlsParameters }),
    result: done,
    limit: 120,
  }),
  'media.restart-ice': command({
    name: 'media.restart-ice',
    summary: 'New ICE credentials for a transport of this socket, after the network changed',
    roles,
    input: v.strictObject({ transportId: id }),
    result: v.object({ iceParameters: media.transportInfo.entries.iceParameters }),
    limit: 120,
  }),
  'whisper.open': command({
    name: 'whisper.open',
    summary: 'A transport to whisper on, to the host of the show that was joined. `whisper.busy` while another coach talks; who has the line and is silent gives it up to the next',
    roles: coach,
    input: v.strictObject({ forceTcp: v.optional(v.boolean(), false) }),
    result: v.object({ transport: media.transportInfo, whisper: whisperState }),
    limit: 60,
  }),
  'whisper.produce': command({
    name: 'whisper.produce',
    summary: 'Send the voice. Nothing of it goes on before `whisper.talk`',
    roles: coach,
    input: v.strictObject({ transportId: id, rtpParameters: media.rtpParameters }),
    result: v.object({ producerId: id }),
    limit: 60,
  }),
  'whisper.talk': command({
    name: 'whisper.talk',
    summary: 'The voice goes to the ear of the host from now on, or no more. `whisper.no-ear` while the host has no earpiece in',
    roles: coach,
    input: v.strictObject({ isTalking: v.boolean() }),
    result: done,
    limit: 240,
  }),
  'whisper.hear': command({
    name: 'whisper.hear',
    summary: 'The host of the joined show has an earpiece in: a transport on which coaches are heard, by nobody else. `whisper.track` brings the voice of a coach who comes later',
    roles: host,
    input: v.strictObject({ rtpCapabilities: media.rtpCapabilities, forceTcp: v.optional(v.boolean(), false) }),
    result: v.object({ transport: media.transportInfo, consumers: v.array(media.consumerInfo) }),
    limit: 60,
  }),
  'whisper.connect': command({
    name: 'whisper.connect',
    summary: 'DTLS parameters of the client for its own transport of the line',
    roles: ears,
    input: v.strictObject({ transportId: id, dtlsParameters: media.dtlsParameters }),
    result: done,
    limit: 120,
  }),
  'whisper.close': command({
    name: 'whisper.close',
    summary: 'Leave the line: the coach has said what there was to say, or the host takes the earpiece out',
    roles: ears,
    input: done,
    result: done,
    limit: 120,
  }),
  'media.close': command({
    name: 'media.close',
    summary: 'Close a transport of this socket',
    roles,
    input: v.strictObject({ transportId: id }),
    result: done,
    limit: 120,
  }),
} as const;

export type CommandName = keyof typeof commands;
export type CommandInput<N extends CommandName> = v.InferInput<(typeof commands)[N]['input']>;
export type CommandResult<N extends CommandName> = v.InferOutput<(typeof commands)[N]['result']>;
