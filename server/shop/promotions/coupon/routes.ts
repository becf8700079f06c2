// Owns the HTTP routes of coupons.
import type { Caller } from '../../../platform/auth.ts';
import { type Route, route } from '../../../platform/http/route.ts';
import { endpoints } from '../../../protocol/index.ts';
import { openStaffShow, type ShopAccess, staffShow } from '../../access.ts';
import type { Promotions } from '../promotions.ts';
import type { Coupons } from './coupons.ts';

export function couponRoutes(coupons: Coupons, all: Promotions, access: ShopAccess): Route[] {
  const requireStaff = async (caller: Caller, promotionId: string): Promise<void> => void (await staffShow(access, caller, await all.showOf(promotionId)));
  return [
    route(endpoints.openCoupon, async ({ params, body, caller, once }) => {
      const { sellerId } = await openStaffShow(access, caller, params.showId);
      return coupons.open(body, { showId: params.showId, sellerId, byName: caller.claims.name ?? '' }, once);
    }),
    route(endpoints.listCoupons, async ({ params, caller }) => {
      await staffShow(access, caller, params.showId);
      return { coupons: await coupons.list(params.showId) };
    }),
    route(endpoints.changeCoupon, async ({ params, body, caller }) => {
      await requireStaff(caller, params.promotionId);
      return coupons.pin(params.promotionId, body.isPinned);
    }),
    route(endpoints.takeCoupon, async ({ params, caller }) => {
      await access.showFor(caller, await all.showOf(params.promotionId));
      // Staff who try their own coupon have not taken it.
      return coupons.take(params.promotionId, caller.isKnown && caller.claims.role === 'viewer' ? caller.claims.identity : undefined);
    }),
  ];
}
