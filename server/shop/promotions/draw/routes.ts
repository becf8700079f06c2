// Owns the HTTP routes of draws, all but taking part: that asks who follows whom, which is known above the shop.
import type { Caller } from '../../../platform/auth.ts';
import { type Route, route } from '../../../platform/http/route.ts';
import type { DrawWinner } from '../../../protocol/draw.ts';
import { endpoints } from '../../../protocol/index.ts';
import { openStaffShow, type ShopAccess, staffShow } from '../../access.ts';
import { maskPhone } from '../../privacy.ts';
import type { Promotions } from '../promotions.ts';
import type { Draws } from './draws.ts';
import type { DrawEntries } from './entries.ts';

export function drawRoutes({ draws, entries, all, access }: { draws: Draws; entries: DrawEntries; all: Promotions; access: ShopAccess }): Route[] {
  const requireStaff = async (caller: Caller, promotionId: string): Promise<void> => void (await staffShow(access, caller, await all.showOf(promotionId)));
  return [
    route(endpoints.openDraw, async ({ params, body, caller, once }) => {
      const { sellerId } = await openStaffShow(access, caller, params.showId);
      return draws.open(body, { showId: params.showId, sellerId, byName: caller.claims.name ?? '' }, once);
    }),
    route(endpoints.drawNow, async ({ params, caller }) => {
      await requireStaff(caller, params.promotionId);
      return draws.drawNow(params.promotionId);
    }),
    route(endpoints.readDraw, async ({ params, caller }) => {
      await access.showFor(caller, await all.showOf(params.promotionId));
      return draws.record(params.promotionId);
    }),
    route(endpoints.listOwnEntries, async ({ params, caller }) => {
      await access.showFor(caller, params.showId);
      return { entries: await entries.own(params.showId, caller.claims.identity) };
    }),
    route(endpoints.claimPrize, async ({ params, body, caller }) => {
      await access.showFor(caller, await all.showOf(params.promotionId));
      return entries.claim(params.promotionId, caller.claims.identity, body);
    }),
    route(endpoints.listWinners, async ({ params, caller }) => {
      await requireStaff(caller, params.promotionId);
      const winners = await entries.winners(params.promotionId);
      return { winners: winners.map((winner) => seenBy(caller, winner)) };
    }),
    route(endpoints.markPrize, async ({ params, body, caller }) => {
      await requireStaff(caller, params.promotionId);
      const { title, winner } = await entries.mark(params.promotionId, Number(params.place), body.isSent);
      return { title, winner: seenBy(caller, winner) };
    }),
  ];
}

/** Helpers get the phone number masked. */
function seenBy({ claims }: Caller, winner: DrawWinner): DrawWinner {
  if (claims.role !== 'helper' || !winner.prizeTo) return winner;
  return { ...winner, prizeTo: { ...winner.prizeTo, phone: maskPhone(winner.prizeTo.phone) } };
}
