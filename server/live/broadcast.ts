// Owns the way from facts to rooms: what shop, media and live tell, the people in the show hear.
import type { Order } from '../protocol/order.ts';
import type { Clock } from '../platform/clock.ts';
import type { Bus } from '../platform/events.ts';
import type { Scope } from '../platform/scope.ts';
import type { MediaFacts } from '../media/index.ts';
import { type ShopFacts, viewOrder } from '../shop/index.ts';
import type { LiveFacts } from './facts.ts';
import type { Participants } from './participants.ts';
import type { Rooms } from './rooms.ts';
import type { Shelf } from './shelf.ts';
import type { ShowViews } from './view.ts';

/** Advice to a host as `publish.advice` has it. */
export function sendable({ maxVideoKbps, maxSmallKbps, opusPacketMs }: MediaFacts['stream.advised']) {
  return { maxVideoKbps, maxSmallKbps, opusPacketMs };
}

export function broadcastFacts(deps: {
  bus: Bus<LiveFacts & ShopFacts & MediaFacts>;
  rooms: Rooms;
  views: ShowViews;
  shelf: Shelf;
  participants: Participants;
  clock: Clock;
  scope: Scope;
}): void {
  const { bus, rooms, views, shelf, participants, clock, scope } = deps;
  const sendOrder = (event: 'order.placed' | 'order.changed') => (fact: { order: Order }) =>
    rooms.sendOrder(event, fact.order, viewOrder(fact.order, 'helper'));

  scope.add(
    bus.on('show.changed', ({ show }) => {
      views.forget(show.id);
      rooms.send(show.id, 'show.changed', { show });
    }),
  );
  scope.add(
    bus.on('replay.changed', ({ showId, state }) => {
      views.forget(showId);
      rooms.send(showId, 'replay.changed', { state });
    }),
  );
  scope.add(bus.on('product.shelved', ({ showId, product }) => rooms.send(showId, 'product.changed', { product })));
  scope.add(
    bus.on('shelf.changed', async ({ showId }) => {
      views.forgetGoods(showId);
      const { shelf: products } = await views.snapshot(showId);
      rooms.send(showId, 'shelf.changed', { productIds: products.map((product) => product.id) });
    }),
  );
  scope.add(
    bus.on('pins.changed', async ({ showId }) => {
      views.forgetGoods(showId);
      const { pins } = await views.snapshot(showId);
      rooms.send(showId, 'pins.changed', { productIds: pins });
    }),
  );
  scope.add(
    bus.on('product.changed', async ({ product }) => {
      for (const showId of await shelf.showsWith(product.id)) {
        views.forgetGoods(showId);
        rooms.send(showId, 'product.changed', { product });
      }
    }),
  );
  scope.add(
    bus.on('variants.changed', async ({ variants }) => {
      const byShow = new Map<string, typeof variants>();
      for (const productId of new Set(variants.map((variant) => variant.productId))) {
        const changes = variants.filter((variant) => variant.productId === productId);
        for (const showId of await shelf.showsWith(productId)) byShow.set(showId, [...(byShow.get(showId) ?? []), ...changes]);
      }
      for (const [showId, changes] of byShow) {
        views.forgetStock(showId);
        rooms.sendVariants(showId, changes);
      }
    }),
  );
  scope.add(bus.on('stream.changed', ({ streamId, info }) => rooms.send(streamId, 'stream.changed', { stream: info })));
  scope.add(
    bus.on('stream.advised', (advice) => {
      for (const { peer, participant } of participants.of(advice.streamId)) {
        if (participant.ingest?.isClosed === false) peer.send('publish.advice', { showId: advice.streamId, at: clock.now(), ...sendable(advice) });
      }
    }),
  );
  scope.add(bus.on('promotion.changed', ({ showId, promotion }) => rooms.sendPromotion(showId, promotion)));
  scope.add(
    bus.on('promotion.mine', ({ showId, identity, mine }) => {
      for (const { peer } of participants.of(showId)) if (peer.caller.claims.identity === identity) peer.send('promotion.mine', { showId, at: clock.now(), mine });
    }),
  );
  scope.add(bus.on('waitlist.changed', ({ showId }) => rooms.sendToStaff(showId, 'waitlist.changed', {})));
  scope.add(bus.on('ways.changed', () => views.forgetAll()));
  scope.add(bus.on('order.placed', sendOrder('order.placed')));
  scope.add(bus.on('order.changed', sendOrder('order.changed')));
  scope.add(bus.on('claims.waiting', ({ showId, count, oldestAt }) => rooms.sendToStaff(showId, 'claims.waiting', { count, oldestAt })));
}
