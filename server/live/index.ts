// Owns the joining of a stream and a shelf into a show. Exports and wiring only.
import type { EventPayload } from '../protocol/events.ts';
import type { Product } from '../protocol/shop.ts';
import type { Show } from '../protocol/show.ts';
import type { Auth, Caller } from '../platform/auth.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/db/database.ts';
import type { Bus } from '../platform/events.ts';
import type { EndpointCallMade, Route, WireRoute } from '../platform/http/route.ts';
import type { Logger } from '../platform/log.ts';
import type { Metrics } from '../platform/metrics.ts';
import { Scope } from '../platform/scope.ts';
import type { CommandHandlers, Peer, SocketServer } from '../platform/socket.ts';
import { type HlsPasses, hlsRoutes, type Media, type MediaFacts, mediaRoutes, type Replays, WireSessions } from '../media/index.ts';
import { type Shop, type ShopFacts, shopRoutes } from '../shop/index.ts';
import { callerAccess } from './access/caller-access.ts';
import { Coaches, type CoachStanding } from './access/coaches.ts';
import { Gate } from './access/gate.ts';
import { GateCodes } from './access/gate-codes.ts';
import { gateRoutes } from './access/gate-routes.ts';
import { tellOfLink } from './access/link-news.ts';
import { Links } from './access/links.ts';
import { isStaffOf } from './access/permissions.ts';
import { accessRoutes } from './access/routes.ts';
import { Sessions } from './access/sessions.ts';
import { broadcastFacts } from './broadcast.ts';
import type { LiveFacts } from './facts.ts';
import { Lifecycle } from './lifecycle.ts';
import { mediaCommands } from './media-commands.ts';
import { type Participant, Participants } from './participants.ts';
import { Presence } from './presence.ts';
import { programmeRoutes } from './programme-routes.ts';
import { createLiveReplays, type RetentionSettings } from './replays/index.ts';
import type { ReplayTimes } from './replays/show-replays.ts';
import { Rooms } from './rooms.ts';
import { showRoutes } from './routes.ts';
import { type PinRow, Shelf } from './shelf.ts';
import { showCommands } from './show-commands.ts';
import { Shows } from './shows.ts';
import { showOut } from './show-out.ts';
import { staffLogRoutes } from './staff-log/routes.ts';
import { StaffLog } from './staff-log/staff-log.ts';
import { uplinkRoutes } from './uplink-routes.ts';
import { ShowViews } from './view.ts';

export type { Links } from './access/links.ts';
export { hashSecret } from './access/secrets.ts';
export type { CoachStanding } from './access/coaches.ts';
export { isHostOf, isStaffOf } from './access/permissions.ts';
export type { LiveFacts } from './facts.ts';
export type { ReplayTimes } from './replays/show-replays.ts';
export type { PinRow } from './shelf.ts';
export { Shows } from './shows.ts';
export { watchUrl } from './watch-page.ts';
export { liveMigrations } from './tables.ts';

export interface LiveDeps {
  database: Database;
  media: Media;
  replays: Replays;
  passes: HlsPasses;
  /** How long and how large replays are kept. */
  retention: RetentionSettings;
  shop: Shop;
  auth: Auth;
  bus: Bus<LiveFacts & ShopFacts & MediaFacts>;
  clock: Clock;
  log: Logger;
  metrics: Metrics;
  /** How long a show waits for its host. */
  graceMs: number;
  operatorSecretHash: string;
  publicUrl: () => string;
  /** Of the cache in front of HLS, without a trailing slash; empty: there is none. */
  hlsBaseUrl: string;
  /** The same where it is configured, else empty: WHIP clients may come by another name. */
  configuredUrl: string;
}

/** Events that one person is told, without a number: who missed one asks. */
export type PersonalEventName = 'chat.private' | 'coach.asked' | 'coach.changed' | 'coach.here' | 'coach.cue' | 'whisper.changed' | 'hand.changed' | 'demo.changed' | 'played.changed' | 'cues.changed';

/** Commands of modules above are theirs. */
export type LiveCommands = Omit<CommandHandlers, 'reaction.send' | 'telemetry.send' | `whisper.${string}`>;

export interface Door {
  /** @throws FieldcastError `not-found`, `show.gated`. */
  enter(caller: Caller, showId: string): Promise<{ show: Show; isStaff: boolean }>;
  /** Whether not everybody may come in. */
  isGated(showId: string): Promise<boolean>;
  /** @throws FieldcastError `auth.forbidden` for who works for another seller, or for none. */
  mayWorkFor(caller: Caller, sellerId: string): Promise<void>;
}

export interface Goods {
  /** Products on the shelf, in the host's order. The same array until something in it changes. */
  of(showId: string): Promise<readonly Product[]>;
  /** Ids of what was pinned at a moment of the server's clock, the main one first. */
  pinnedAt(showId: string, at: number): Promise<string[]>;
  /** Every pin of the show, oldest first. */
  pinLog(showId: string): Promise<PinRow[]>;
}

export interface Live {
  readonly links: Links;
  readonly shows: Shows;
  readonly routes: readonly (Route | WireRoute)[];
  readonly commands: LiveCommands;
  /** The way into a show for modules above. */
  readonly door: Door;
  /** The way to the people in a show for modules above. */
  readonly room: Pick<Rooms, 'send' | 'sendToStaff' | 'decorate'> & {
    /** The show that a connection has joined. @throws FieldcastError `show.wrong-state` before `show.join`. */
    showOf(peer: Peer): Pick<Participant, 'showId' | 'isStaff' | 'isCoach' | 'onLeft'>;
    /** To all connections of one person in a show. */
    sendToIdentity<N extends PersonalEventName>(showId: string, identity: string, event: N, body: Omit<EventPayload<N>, 'showId' | 'at'>): void;
    /** To the host of a show alone: neither to helpers, nor to an operator who only looks. */
    sendToHost<N extends PersonalEventName>(showId: string, event: N, body: Omit<EventPayload<N>, 'showId' | 'at'>): void;
    /** To those who coach in a show. */
    sendToCoaches<N extends PersonalEventName>(showId: string, event: N, body: Omit<EventPayload<N>, 'showId' | 'at'>): void;
    /** Who is in a show by a connection now. */
    present(showId: string): { identity: string; name: string; isHost: boolean; isCoach: boolean }[];
    /** Sends one person out of a show, with picture and sound; `admission.ended` tells them. */
    showOut(showId: string, identity: string): void;
    /** Counts a played viewer in as a viewer who came; the returned function counts them out. */
    playViewer(showId: string, identity: string): () => void;
  };
  /** What a show sells, for modules above. */
  readonly goods: Goods;
  /** Where moments of the server's clock lie in a show's replay, for modules above. */
  readonly replayTimes: {
    /** Undefined while there is no replay, also of a show that goes on. */
    of(showId: string): Promise<ReplayTimes | undefined>;
  };
  /** Asks `standing` which coach may be in which show; before that, none may. */
  followCoaches(standing: CoachStanding): void;
  /** The shelf of a show as its staff work it, for modules above; rights are checked there. */
  readonly shelves: {
    productIds(showId: string): Promise<string[]>;
    /** The main one first. */
    pins(showId: string): Promise<string[]>;
    arrange(showId: string, productIds: readonly string[]): Promise<void>;
    /** @throws FieldcastError `shelf.not-on-shelf`. */
    pin(showId: string, productIds: readonly string[]): Promise<void>;
  };
  /** Ends a show for good. @throws FieldcastError `show.wrong-state` for one that is not on the air. */
  end(showId: string): Promise<Show>;
  /** Deletes a show that is not on the air, with everything personal. @throws FieldcastError `show.wrong-state`, `show.open-orders`. */
  eraseShow(show: Show): Promise<void>;
  /** Takes back what let a person into shows by code, for modules above. */
  forgetAdmissions(identity: string): Promise<void>;
  /** Keeps in the staff's log what host, helpers or operator have just done. */
  noteStaffCall(call: EndpointCallMade): Promise<void>;
  /** Hands over the sockets that events go out on. */
  attach(sockets: SocketServer): void;
  /** Takes up the shows that a stop of the server interrupted. */
  recover(): Promise<void>;
  /** Tells everyone connected that the server is about to stop. */
  sayClosing(retryMs: number): void;
  close(): Promise<void>;
}

export function createLive(deps: LiveDeps): Live {
  const { database, media, passes, shop, auth, bus, clock, log, metrics } = deps;
  const scope = new Scope();
  const closing = new AbortController();
  const sessions = new Sessions({ database, auth, clock });
  let sockets: SocketServer | undefined;
  const peersOf = (linkId: string) => sockets?.peersOf(linkId) ?? [];
  const links = new Links({ database, clock, onChange: (linkId) => bus.emit('link.changed', { linkId }) });
  auth.followLinks((linkId) => links.standing(linkId));
  const shows = new Shows({ database, sellers: shop.sellers, clock });
  const shelf = new Shelf({ database, clock });
  const presence = new Presence();
  const rooms = new Rooms(clock);
  scope.add(() => rooms.close());
  const participants = new Participants(clock);
  const coaches = new Coaches();
  const gate = new Gate({ database, clock, publicUrl: deps.publicUrl, coaches });
  const replays = createLiveReplays({ ...deps, shows, shelf, gate });
  scope.add(() => replays.close());
  const views = new ShowViews({ shows, shelf, catalogue: shop.catalogue, ways: shop.ways, replays: replays.shows, presence, rooms, clock });
  const erasure = replays.erasure(views);
  const lifecycle = new Lifecycle({ shows, bus, clock, log, graceMs: deps.graceMs });
  scope.add(() => lifecycle.close());
  const wires = new WireSessions();
  const access = callerAccess({ views, shows, shop, gate });
  const staffLog = new StaffLog({ database, clock, log, sellerOfShow: async (showId) => (await shows.find(showId))?.sellerId, findLink: (linkId) => links.find(linkId), showOfPromotion: (id) => shop.promotions.all.showOf(id), sellerOfVariant: (id) => shop.catalogue.sellerOf(id) });

  // Looked for among all, because it is rare: a room for every person would cost memory for everyone.
  function sendToThose<N extends PersonalEventName>(showId: string, isOne: (one: ReturnType<Participants['of']>[number]) => boolean, event: N, body: Omit<EventPayload<N>, 'showId' | 'at'>): void {
    const payload = { showId, at: clock.now(), ...body } as unknown as EventPayload<N>;
    for (const one of participants.of(showId)) if (isOne(one)) one.peer.send(event, payload);
  }

  broadcastFacts({ bus, rooms, views, shelf, participants, clock, scope });
  scope.add(bus.on('show.changed', ({ show }) => (show.status === 'ended' ? shop.promotions.coupons.showOver(show.id) : undefined)));
  scope.add(bus.on('admissions.ended', ({ showId }) => showOut({ showId, participants, views, gate, clock })));
  scope.add(bus.on('admissions.ended', ({ showId }) => wires.endRefused(showId)));
  scope.add(bus.on('show.deleted', ({ showId }) => gate.forget(showId)));
  scope.add(bus.on('show.deleted', () => links.forget()));
  scope.add(bus.on('show.deleted', ({ showId }) => shop.promotions.waitlist.forgetShow(showId)));
  scope.add(bus.on('shelf.changed', async ({ showId }) => shop.promotions.waitlist.keepOnly(showId, new Set(await shelf.productIds(showId)))));
  scope.add(bus.on('link.changed', ({ linkId }) => tellOfLink(linkId, { links, wires, peersOf, participants, rooms, views, clock })));
  scope.add(bus.on('stream.started', ({ streamId }) => lifecycle.started(streamId)));
  scope.add(bus.on('stream.stopped', ({ streamId }) => lifecycle.stopped(streamId)));
  metrics.gauge('fieldcast_viewers', 'Viewers in all shows, by identity', () => presence.total());

  return {
    links,
    shows,
    routes: [
      ...accessRoutes({ sessions, links, shows, bus, isOnline: (linkId) => peersOf(linkId).length > 0, operatorSecretHash: deps.operatorSecretHash, publicUrl: deps.publicUrl }),
      ...gateRoutes({ gate, codes: new GateCodes({ database, clock }), shows, auth, bus, present: (showId) => presence.identities(showId) }),
      ...showRoutes({ shows, shelf, views, gate, lifecycle, shop, bus, publicUrl: deps.publicUrl }),
      ...programmeRoutes({ shows, gate, replays: replays.shows, viewers: (showId) => presence.viewers(showId), clock, publicUrl: deps.publicUrl }),
      ...staffLogRoutes({ staffLog, shows }),
      ...uplinkRoutes({ media, shows }),
      ...replays.routes({ views, erasure, mayWatch: access.media.mayWatch }),
      ...shopRoutes({ shop, access: access.shop, database, publicUrl: deps.publicUrl }),
      ...mediaRoutes({ media, access: access.media, wires, publicUrl: deps.configuredUrl }),
      ...hlsRoutes({ live: media.hls, access: access.media, passes, replays: deps.replays, clock, closing: closing.signal }),
    ],
    commands: {
      ...showCommands({ auth, bus, coaches, gate, links, media, passes, participants, presence, rooms, views, clock, hlsBaseUrl: deps.hlsBaseUrl }),
      ...mediaCommands({ media, participants, views, clock }),
    },
    door: {
      async enter(caller, showId) {
        const show = await views.show(showId);
        await gate.require(caller, show);
        return { show, isStaff: isStaffOf(caller, show) };
      },
      isGated: (showId) => gate.isGated(showId),
      mayWorkFor: (caller, sellerId) => access.shop.mayWorkFor(caller, sellerId),
    },
    room: {
      send: (showId, event, body) => rooms.send(showId, event, body),
      sendToStaff: (showId, event, body) => rooms.sendToStaff(showId, event, body),
      decorate: (showId, event, body) => rooms.decorate(showId, event, body),
      showOf: (peer) => participants.require(peer),
      sendToIdentity: (showId, identity, event, body) => sendToThose(showId, ({ peer }) => peer.caller.claims.identity === identity, event, body),
      sendToHost: (showId, event, body) => sendToThose(showId, ({ peer, participant }) => participant.isHost && (peer.caller.claims.role === 'host' || participant.ingest?.isClosed === false), event, body),
      sendToCoaches: (showId, event, body) => sendToThose(showId, ({ participant }) => participant.isCoach, event, body),
      present: (showId) => participants.of(showId).map(({ peer, participant }) => ({ identity: peer.caller.claims.identity, name: peer.caller.claims.name ?? '', isHost: participant.isHost, isCoach: participant.isCoach })),
      showOut(showId, identity) {
        for (const { peer, participant } of participants.of(showId)) {
          if (peer.caller.claims.identity !== identity) continue;
          participants.remove(peer, participant);
          peer.send('admission.ended', { showId, at: clock.now() });
        }
      },
      playViewer(showId, identity) {
        const tell = () => rooms.sendPresence(showId, () => presence.viewers(showId));
        const countOut = presence.enter(showId, identity);
        tell();
        bus.emit('viewer.joined', { showId, identity });
        return () => {
          countOut();
          tell();
        };
      },
    },
    goods: {
      of: async (showId) => (await views.snapshot(showId)).shelf,
      pinnedAt: (showId, at) => shelf.pinsAt(showId, at),
      pinLog: (showId) => shelf.pinLog(showId),
    },
    shelves: {
      productIds: (showId) => shelf.productIds(showId),
      pins: (showId) => shelf.pins(showId),
      async arrange(showId, productIds) {
        await shelf.arrange(showId, productIds);
        const products = await shop.catalogue.products(productIds);
        for (const product of products) bus.emit('product.shelved', { showId, product });
        bus.emit('shelf.changed', { showId });
        bus.emit('pins.changed', { showId });
      },
      async pin(showId, productIds) {
        await shelf.pin(showId, productIds);
        views.forget(showId);
        bus.emit('pins.changed', { showId });
      },
    },
    end: (showId) => lifecycle.end(showId),
    eraseShow: (show) => erasure.erase(show),
    noteStaffCall: (call) => staffLog.note(call),
    followCoaches: (standing) => coaches.follow(standing),
    forgetAdmissions: (identity) => gate.forgetPerson(identity),
    replayTimes: { of: (showId) => replays.shows.times(showId) },
    attach(attached) {
      sockets = attached;
      rooms.attach(attached);
    },
    recover: () => lifecycle.recover(),
    sayClosing(retryMs) {
      rooms.sayClosing(retryMs);
      closing.abort();
    },
    close: () => scope.close(),
  };
}
