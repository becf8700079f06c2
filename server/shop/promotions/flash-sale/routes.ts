// Owns the HTTP route of flash sales.
import { type Route, route } from '../../../platform/http/route.ts';
import { endpoints } from '../../../protocol/index.ts';
import { openStaffShow, type ShopAccess } from '../../access.ts';
import type { FlashSales } from './flash-sales.ts';

export function flashSaleRoutes(flashSales: FlashSales, access: ShopAccess): Route[] {
  return [
    route(endpoints.startFlashSale, async ({ params, body, caller, once }) => {
      const { sellerId, productIds } = await openStaffShow(access, caller, params.showId);
      return flashSales.start(body, { showId: params.showId, sellerId, allowedProductIds: productIds, byName: caller.claims.name ?? '' }, once);
    }),
  ];
}
