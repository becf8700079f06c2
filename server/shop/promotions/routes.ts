// Owns the HTTP routes that all kinds of promotions share.
import type { Caller } from '../../platform/auth.ts';
import { type Route, route } from '../../platform/http/route.ts';
import { endpoints } from '../../protocol/index.ts';
import { type ShopAccess, staffShow } from '../access.ts';
import { auctionRoutes } from './auction/routes.ts';
import { couponRoutes } from './coupon/routes.ts';
import { drawRoutes } from './draw/routes.ts';
import { flashSaleRoutes } from './flash-sale/routes.ts';
import { groupBuyRoutes } from './group-buy/routes.ts';
import type { ShopPromotions } from './index.ts';
import { waitlistRoutes } from './waitlist/routes.ts';

export function promotionRoutes(promotions: ShopPromotions, access: ShopAccess): Route[] {
  const { all } = promotions;
  const requireStaff = async (caller: Caller, showId: string): Promise<void> => void (await staffShow(access, caller, showId));
  return [
    route(endpoints.listPromotions, async ({ params, caller }) => {
      await access.showFor(caller, params.showId);
      return all.list(params.showId);
    }),
    route(endpoints.readPromotionDesk, async ({ params, caller }) => {
      await requireStaff(caller, params.showId);
      return all.desk(params.showId);
    }),
    route(endpoints.endPromotion, async ({ params, caller }) => {
      await requireStaff(caller, await all.showOf(params.promotionId));
      return all.end(params.promotionId);
    }),
    route(endpoints.readPrices, ({ params }) => promotions.prices(params.productId)),
    ...flashSaleRoutes(promotions.flashSales, access),
    ...couponRoutes(promotions.coupons, all, access),
    ...drawRoutes({ draws: promotions.draws, entries: promotions.drawEntries, all, access }),
    ...groupBuyRoutes(promotions.groupBuys, access),
    ...auctionRoutes({ ...promotions, access }),
    ...waitlistRoutes(promotions.waitlist, access),
  ];
}
