// Owns the list of server -> client events. Room events carry `seq`: a hole means "join again for a fresh snapshot".
import * as v from 'valibot';
import { codes } from './codes.ts';
import { cue, demo, hand, whisperState } from './coach-desk.ts';
import { captionDraft, captionLine, captionSources } from './captions.ts';
import { right } from './access.ts';
import { chatMessage, chatNews } from './chat.ts';
import { id } from './ids.ts';
import { allotment, consumerInfo, streamInfo } from './media.ts';
import { priceMinor } from './money.ts';
import { order } from './order.ts';
import { promotion, promotionMine } from './promotions.ts';
import { playedRun } from './played-audience.ts';
import { question } from './questions.ts';
import { replayStates } from './replay.ts';
import { product, stock } from './shop.ts';
import { show } from './show.ts';
import { coachStanding } from './training.ts';
import { announcement, notices, poll, reactionCounts } from './stage.ts';

/** Parts of every event of a show's room: `seq` counts up by one per show, `at` is the server's clock in ms. */
const room = { showId: id, seq: v.number(), at: v.number() };

export const events = {
  /** Title, status or times changed. */
  'show.changed': v.object({ ...room, show }),
  /** Order of the shelf. Products not known yet came just before in `product.changed`. */
  'shelf.changed': v.object({ ...room, productIds: v.array(id) }),
  /** The main pin first. */
  'pins.changed': v.object({ ...room, productIds: v.array(id) }),
  'product.changed': v.object({ ...room, product }),
  /** Price and stock, gathered for at most 200 ms so that a rush of orders is a few messages a second. */
  'variants.changed': v.object({
    ...room,
    variants: v.array(v.object({ productId: id, variantId: id, priceMinor, stock })),
  }),
  /** Viewers online by identity, at most one message a second. */
  'presence.changed': v.object({ ...room, viewers: v.number() }),
  /** The stream's producers. A new `epoch` means: drop your transports and watch again. */
  'stream.changed': v.object({ ...room, stream: streamInfo }),
  /** The show is being recorded, can be watched again, or (no longer) can: `GET /api/v1/shows/{showId}/replay` tells the rest. */
  'replay.changed': v.object({ ...room, state: v.picklist(replayStates) }),
  /**
   * Messages that are new or have changed, by their `revision`, gathered for 200 ms. Left out of each is what is
   * usual: `revision` that is the `position`, `state: shown`, `replyTo: null`, and what is false. Who missed some asks for those
   * `after` the newest revision they have: `GET /api/v1/shows/{showId}/messages`.
   */
  'chat.changed': v.object({ ...room, messages: v.array(chatNews) }),
  /**
   * Lines of captions that are new or have changed, by their `revision`, and what is being said now (null: nothing that is not a line).
   * Who missed some asks for those `after` the newest revision they have: `GET /api/v1/shows/{showId}/captions`.
   */
  'caption.changed': v.object({ ...room, lines: v.array(captionLine), draft: v.nullable(captionDraft) }),
  /** To staff of the show only: somebody is writing captions. Sent anew while they do; it holds for 6 s. `key` is as in `you` of the lines. */
  'caption.writing': v.object({ showId: id, at: v.number(), key: v.string(), name: v.string(), source: v.picklist(captionSources) }),
  /** A promotion was announced, began, sold or took something, or ended: what is told of one is gathered for at most 200 ms. `GET /api/v1/shows/{showId}/promotions` tells what stands now. */
  'promotion.changed': v.object({ ...room, promotion }),
  /** A poll was opened, answered (gathered for at most a second), closed or withdrawn. `GET /api/v1/shows/{showId}/stage` tells what stands now. */
  'poll.changed': v.object({ ...room, poll }),
  /** The line on the picture; null when it was taken away. */
  'announcement.changed': v.object({ ...room, announcement: v.nullable(announcement) }),
  /** Decoration, without `seq`: taps of everybody since the last event, twice a second at most, and those of the whole show. */
  'reactions.changed': v.object({ showId: id, at: v.number(), counts: reactionCounts, totals: reactionCounts }),
  /** Decoration, without `seq`: who came and who bought, gathered for some seconds; the rules of the chat may turn it off. */
  'notices.told': v.object({ showId: id, at: v.number(), ...notices.entries }),
  /** Without `seq`: codes by which viewers order in the chat were turned on or off, or something else is on the shelf. Who joins asks `GET /api/v1/shows/{showId}/codes`. */
  'codes.changed': v.object({ showId: id, at: v.number(), ...codes.entries }),
  /** To one viewer: news of a promotion that are theirs alone. */
  'promotion.mine': v.object({ showId: id, at: v.number(), mine: promotionMine }),
  /** To staff with the right `shelf`: somebody joined or left a waitlist, had their turn, or let it pass. `GET /api/v1/shows/{showId}/waitlist` tells what stands now. */
  'waitlist.changed': v.object({ showId: id, at: v.number() }),
  /** Messages that only you and the staff see, and your own whose question was answered; to one viewer, and to staff with the right `chat`. */
  'chat.private': v.object({ showId: id, at: v.number(), messages: v.array(chatMessage) }),
  /**
   * To staff with the right `chat`: questions that are new or have changed, by their `revision`; one that nobody asks any more has `askers` 0.
   * `open` counts those that wait. Who was away reads them all again.
   */
  'questions.changed': v.object({ showId: id, at: v.number(), questions: v.array(question), open: v.number() }),
  /** To staff of the show only: what waits for them, or what viewers have reported (`reports` is how many). */
  'chat.flagged': v.object({ showId: id, at: v.number(), message: chatMessage, reports: v.number() }),
  /** To staff of the show only. */
  'order.placed': v.object({ showId: id, at: v.number(), order }),
  'order.changed': v.object({ showId: id, at: v.number(), order }),
  /** To staff with the right `orders`: buyers have said that they have paid by transfer, and wait for somebody to look. A reminder, told again. */
  'claims.waiting': v.object({ showId: id, at: v.number(), count: v.number(), oldestAt: v.number() }),
  /** This device is not let in any more: its place in the room is gone, `show.join` answers `show.gated`. */
  'admission.ended': v.object({ showId: id, at: v.number() }),
  /** To one viewer: what they get of the picture from now on. Consumers stay; the server pauses and resumes them by itself. */
  'media.allotted': v.object({ showId: id, at: v.number(), ...allotment.entries }),
  /** To one viewer whom `media.watch` answered `media.queued`: their place, 1 being the next; 0 = ask `media.watch` now. */
  'media.turn': v.object({ showId: id, at: v.number(), place: v.number() }),
  /**
   * To the connection that sends: what would suit those who watch. `maxVideoKbps` is the most for the large layer (or the only one),
   * `maxSmallKbps` for the small one, null without a limit; `opusPacketMs` is how much sound to put into one packet.
   */
  'publish.advice': v.object({ showId: id, at: v.number(), maxVideoKbps: v.nullable(v.number()), maxSmallKbps: v.nullable(v.number()), opusPacketMs: v.picklist([20, 60]) }),
  /** To the host of a show: a coach asks to be in it. `GET /api/v1/shows/{showId}/coaching` tells who asks. */
  'coach.asked': v.object({ showId: id, at: v.number(), coachId: id, name: v.string() }),
  /** To the host of a show, and to the coach it is about where they are in it: how the coach stands there from now on. A coach who waits asks `GET /api/v1/coaching/shows`. */
  'coach.changed': v.object({ showId: id, at: v.number(), coachId: id, name: v.string(), standing: coachStanding }),
  /** To host and coaches: names of the coaches who are in the show now. */
  'coach.here': v.object({ showId: id, at: v.number(), coaches: v.array(v.string()) }),
  /** To host and coaches: a coach's word to the host, new, or seen by the host now. */
  'coach.cue': v.object({ showId: id, at: v.number(), cue }),
  /** To host and coaches: the host's hand is up, or down. */
  'hand.changed': v.object({ showId: id, at: v.number(), hand }),
  /** To host and coaches: a coach shows how to pin, or has given the pin back (null). */
  'demo.changed': v.object({ showId: id, at: v.number(), demo: v.nullable(demo) }),
  /** To host and coaches: who has the line to the host's ear, whether they talk, whether they are heard. */
  'whisper.changed': v.object({ showId: id, at: v.number(), whisper: whisperState }),
  /** To coaches: how the audience that is played in the rehearsal stands, after each of its acts. */
  'played.changed': v.object({ showId: id, at: v.number(), run: playedRun }),
  /** To the connection with the host's earpiece: the voice of a coach who came later. It flows already; build it. */
  'whisper.track': v.object({ showId: id, at: v.number(), consumers: v.array(consumerInfo) }),
  /** To whoever came by a link: what its host lets them do from now on. */
  'access.changed': v.object({ at: v.number(), rights: v.array(right) }),
  /** To the host of a show and those who coach in it: somebody wrote on a cue card or changed what the show goes by. `GET /api/v1/shows/{showId}/cue-cards` and `.../scripts` tell the rest. */
  'cues.changed': v.object({ showId: id, at: v.number() }),
  /** The link by which this device came was taken back: the connection ends now, and no token of it works any more. */
  'access.ended': v.object({ at: v.number() }),
  /** Another device of this host has taken over sending. */
  'publish.replaced': v.object({ showId: id, at: v.number() }),
  /** A transport of this connection is gone on the server's side while the stream lives on: make a new one. */
  'transport.closed': v.object({ transportId: id, at: v.number() }),
  /** The server is about to stop; reconnect after `retryMs`. */
  'server.closing': v.object({ retryMs: v.number() }),
} as const;

export type EventName = keyof typeof events;
export type EventPayload<N extends EventName> = v.InferOutput<(typeof events)[N]>;
/** Events that belong to a show's numbered sequence. */
export type RoomEventName = { [N in EventName]: EventPayload<N> extends { seq: number } ? N : never }[EventName];
