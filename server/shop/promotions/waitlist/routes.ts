// Owns the HTTP routes of the waitlist.
import { FieldcastError } from '../../../platform/errors.ts';
import { type Route, route } from '../../../platform/http/route.ts';
import { endpoints } from '../../../protocol/index.ts';
import { type ShopAccess, staffShow } from '../../access.ts';
import type { Waitlist } from './waitlist.ts';

export function waitlistRoutes(waitlist: Waitlist, access: ShopAccess): Route[] {
  return [
    route(endpoints.readWaits, async ({ params, caller }) => {
      await access.showFor(caller, params.showId);
      return waitlist.of(params.showId, caller.claims.identity);
    }),
    route(endpoints.joinWaitlist, async ({ params, body, caller }) => {
      const { sellerId, productIds, isStaff } = await access.showFor(caller, params.showId);
      if (isStaff) throw new FieldcastError('auth.forbidden', 'Who works for the show does not wait in it.');
      // Without a token nobody could be told that it is their turn.
      if (!caller.isKnown) throw new FieldcastError('auth.missing', 'Join the show first: it gives this device its token.');
      return waitlist.join(body, { showId: params.showId, sellerId, allowedProductIds: productIds }, caller.claims.identity);
    }),
    route(endpoints.leaveWaitlist, async ({ params, caller }) => {
      await access.showFor(caller, params.showId);
      await waitlist.leave(params.showId, params.waitId, caller.claims.identity);
      return undefined;
    }),
    route(endpoints.readWaitlist, async ({ params, caller }) => {
      await staffShow(access, caller, params.showId);
      return waitlist.desk(params.showId);
    }),
    route(endpoints.closeWaitlist, async ({ params, caller }) => {
      await staffShow(access, caller, params.showId);
      await waitlist.close(params.showId, params.variantId);
      return undefined;
    }),
  ];
}
