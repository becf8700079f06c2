// Owns the HTTP route of group buys.
import { type Route, route } from '../../../platform/http/route.ts';
import { endpoints } from '../../../protocol/index.ts';
import { openStaffShow, type ShopAccess } from '../../access.ts';
import type { GroupBuys } from './group-buys.ts';

export function groupBuyRoutes(groupBuys: GroupBuys, access: ShopAccess): Route[] {
  return [
    route(endpoints.startGroupBuy, async ({ params, body, caller, once }) => {
      const { sellerId, productIds } = await openStaffShow(access, caller, params.showId);
      return groupBuys.start(body, { showId: params.showId, sellerId, allowedProductIds: productIds, byName: caller.claims.name ?? '' }, once);
    }),
  ];
}
