// Owns the HTTP routes of following a seller.
import * as endpoints from '../../protocol/endpoints.ts';
import type { Following } from '../../protocol/following.ts';
import type { Show } from '../../protocol/show.ts';
import { type Auth, type Caller, VIEWER_TOKEN_TTL_MS } from '../../platform/auth.ts';
import type { Clock } from '../../platform/clock.ts';
import { FieldcastError } from '../../platform/errors.ts';
import { type Route, route } from '../../platform/http/route.ts';
import type { Follows } from './follows.ts';

/** Who sells, as the shop knows them. */
export interface SellerNames {
  find(sellerId: string): Promise<{ id: string; name: string } | undefined>;
}

export interface FollowingDeps {
  follows: Follows;
  auth: Auth;
  sellers: SellerNames;
  /** The show of a seller that is on the air, else the next one; never a hidden one. */
  nextShow: (sellerId: string) => Promise<Show | undefined>;
  clock: Clock;
}

export function followingRoutes({ follows, auth, sellers, nextShow, clock }: FollowingDeps): Route[] {
  async function state(caller: Caller, sellerId: string): Promise<Following> {
    const seller = await sellers.find(sellerId);
    if (!seller) throw new FieldcastError('not-found', 'There is no such seller.');
    const [followers, isFollowing] = await Promise.all([follows.count(sellerId), follows.isFollowing(sellerId, caller.claims.identity)]);
    return { sellerId, sellerName: seller.name, followers, isFollowing };
  }

  return [
    route(endpoints.readFollow, ({ params, caller }) => state(caller, params.sellerId)),

    route(endpoints.followSeller, async ({ params, caller }) => {
      await state(caller, params.sellerId);
      await follows.follow(params.sellerId, caller.claims.identity);
      return { ...(await state(caller, params.sellerId)), viewerToken: await tokenFor(auth, caller) };
    }),

    route(endpoints.unfollowSeller, async ({ params, caller }) => {
      await follows.unfollow(params.sellerId, caller.claims.identity);
      return state(caller, params.sellerId);
    }),

    route(endpoints.listFollowed, async ({ caller }) => {
      const found = await Promise.all(
        (await follows.of(caller.claims.identity)).map(async (id) => {
          const [seller, next] = await Promise.all([sellers.find(id), nextShow(id)]);
          return seller ? [{ id, name: seller.name, next: next ?? null }] : [];
        }),
      );
      return { sellers: found.flat(), serverTime: clock.now() };
    }),
  ];
}

/** A device that came without a token is from now on who it was in this call. */
export async function tokenFor(auth: Auth, caller: Caller): Promise<string | null> {
  return caller.isKnown ? null : auth.sign(caller.claims, VIEWER_TOKEN_TTL_MS);
}
