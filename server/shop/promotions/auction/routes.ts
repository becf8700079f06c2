// Owns the HTTP routes of auctions.
import type { Caller } from '../../../platform/auth.ts';
import { FieldcastError } from '../../../platform/errors.ts';
import { type Route, route } from '../../../platform/http/route.ts';
import { endpoints } from '../../../protocol/index.ts';
import { openStaffShow, type ShopAccess, staffShow } from '../../access.ts';
import type { Promotions } from '../promotions.ts';
import type { Auctions } from './auctions.ts';
import type { Bids } from './bids.ts';
import type { Hammer } from './hammer.ts';

export interface AuctionRoutesDeps {
  auctions: Auctions;
  bids: Bids;
  hammer: Hammer;
  all: Promotions;
  access: ShopAccess;
}

export function auctionRoutes({ auctions, bids, hammer, all, access }: AuctionRoutesDeps): Route[] {
  const requireStaff = async (caller: Caller, promotionId: string): Promise<void> => void (await staffShow(access, caller, await all.showOf(promotionId)));
  return [
    route(endpoints.startAuction, async ({ params, body, caller, once }) => {
      const { sellerId, productIds } = await openStaffShow(access, caller, params.showId);
      return auctions.start(body, { showId: params.showId, sellerId, allowedProductIds: productIds, byName: caller.claims.name ?? '' }, once);
    }),
    route(endpoints.placeBid, async ({ params, body, caller, once }) => {
      const { isStaff } = await access.showFor(caller, await all.showOf(params.promotionId));
      if (isStaff) throw new FieldcastError('auth.forbidden', 'Who works for the show does not bid in it.');
      // Without a token each call would be somebody else.
      if (!caller.isKnown) throw new FieldcastError('auth.missing', 'Join the show first: it gives this device its token.');
      return bids.place(params.promotionId, body, caller, once);
    }),
    route(endpoints.readOwnBid, async ({ params, caller }) => {
      await access.showFor(caller, await all.showOf(params.promotionId));
      return bids.own(params.promotionId, caller.claims.identity);
    }),
    route(endpoints.readAuctionBook, async ({ params, caller }) => {
      await requireStaff(caller, params.promotionId);
      return hammer.book(params.promotionId);
    }),
    route(endpoints.offerToNextBidder, async ({ params, caller, once }) => {
      await requireStaff(caller, params.promotionId);
      return hammer.offerNext(params.promotionId, once);
    }),
  ];
}
