// Owns the answers that shop and media need about a caller without knowing what a show is.
import type { Caller } from '../../platform/auth.ts';
import { FieldcastError } from '../../platform/errors.ts';
import type { HlsAccess, MediaAccess } from '../../media/index.ts';
import type { Shop, ShopAccess } from '../../shop/index.ts';
import type { Shows } from '../shows.ts';
import type { ShowViews } from '../view.ts';
import type { Gate } from './gate.ts';
import { isStaffOf, requireHostOf, requireStaffOf } from './permissions.ts';

export type StreamAccess = MediaAccess & HlsAccess;

export function callerAccess(deps: { views: ShowViews; shows: Shows; shop: Shop; gate: Gate }): { media: StreamAccess; shop: ShopAccess } {
  const { views, shows, shop, gate } = deps;

  async function sellerFor(caller: Caller): Promise<string> {
    const { role, identity, showId } = caller.claims;
    if (role === 'operator') {
      const first = await shop.sellers.first();
      if (first) return first.id;
      throw new FieldcastError('not-found', 'There is no seller yet. Make one with POST /api/v1/sellers first.');
    }
    const sellerId = showId === undefined ? await shows.hostSeller(identity) : (await views.show(showId)).sellerId;
    if (sellerId === undefined) throw new FieldcastError('auth.forbidden', 'You work for no seller.');
    return sellerId;
  }

  async function mayWorkFor(caller: Caller, sellerId: string): Promise<void> {
    if (caller.claims.role === 'operator') {
      if (await shop.sellers.find(sellerId)) return;
      throw new FieldcastError('not-found', 'There is no such seller.');
    }
    const own = await sellerFor(caller);
    // Whoever works for a seller works for the practice sellers beside it too.
    if (own !== sellerId && (await shop.practice.realSellerOf(sellerId)) !== own) throw new FieldcastError('auth.forbidden', 'This belongs to another seller.');
  }

  return {
    media: {
      async mayPublish(caller, streamId) {
        const show = await views.show(streamId);
        requireHostOf(caller, show);
        if (show.status === 'ended') throw new FieldcastError('show.wrong-state', 'This show has ended.');
      },
      async mayWatch(caller, streamId) {
        await gate.require(caller, await views.show(streamId));
      },
      async about(streamId) {
        const { status, kind } = await views.show(streamId);
        return { isGated: await gate.isGated(streamId), isOver: status === 'ended', isSecret: kind === 'rehearsal' };
      },
    },
    shop: {
      sellerFor,
      mayWorkFor,
      async maySetUp(caller, sellerId) {
        await mayWorkFor(caller, sellerId);
        if ((await shop.practice.realSellerOf(sellerId)) !== undefined) throw new FieldcastError('auth.forbidden', 'A practice seller is paid on delivery and tells nobody.');
      },
      async mayWorkOrder(caller, order) {
        // Orders outlive a show that was deleted, for the books.
        if (caller.claims.role === 'operator') return;
        requireStaffOf(caller, await views.show(order.showId));
      },
      async deskScope(caller, { showId, sellerId }) {
        if (showId !== undefined) {
          const show = await views.show(showId);
          requireStaffOf(caller, show);
          return { showId, sellerId: show.sellerId };
        }
        if (caller.claims.role !== 'operator') throw new FieldcastError('auth.forbidden', 'Only the operator sees the orders of a whole seller.');
        if (sellerId === undefined || !(await shop.sellers.find(sellerId))) throw new FieldcastError('not-found', 'There is no such seller.');
        return { showId: null, sellerId };
      },
      async showFor(caller, showId) {
        const [show, productIds] = await Promise.all([views.show(showId), views.productIds(showId)]);
        await gate.require(caller, show);
        return { sellerId: show.sellerId, productIds, isStaff: isStaffOf(caller, show), isOver: show.status === 'ended' };
      },
      who: (caller) => ({ role: caller.claims.role, name: caller.claims.name ?? '' }),
    },
  };
}
