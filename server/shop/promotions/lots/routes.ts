// Owns the HTTP routes of harvest lots.
import { type Route, route } from '../../../platform/http/route.ts';
import type { Caller } from '../../../platform/auth.ts';
import { endpoints } from '../../../protocol/index.ts';
import type { ShopAccess } from '../../access.ts';
import type { Lots } from './lots.ts';

/** @param sellerOf seller of a product or of a variant */
export function lotRoutes(lots: Lots, access: ShopAccess, sellerOf: (id: string) => Promise<string>): Route[] {
  const mayChange = async (caller: Caller, variantId: string): Promise<void> => access.mayWorkFor(caller, await sellerOf(variantId));
  return [
    route(endpoints.listLots, async ({ params }) => {
      await sellerOf(params.productId);
      return { lots: await lots.of(params.productId) };
    }),
    route(endpoints.addLot, async ({ params, body, caller, once }) => {
      await mayChange(caller, params.variantId);
      return lots.add(params.variantId, body, once);
    }),
    route(endpoints.changeLot, async ({ params, body, caller }) => {
      await mayChange(caller, await lots.variantOf(params.lotId));
      return lots.change(params.lotId, body);
    }),
  ];
}
