// Owns the route by which a viewer is forgotten on this server, and that whoever has their words on the screen hears of it.
import { forgetMe } from '../protocol/endpoints.ts';
import type { Database } from '../platform/db/database.ts';
import { type Route, route } from '../platform/http/route.ts';
import type { Feed } from './chat/feed.ts';
import { erasePerson } from './erasure.ts';
import type { AudienceTables } from './tables.ts';

export function forgettingRoutes(deps: { database: Database; feed: Feed; forgetAdmissions: (identity: string) => Promise<void>; forgetWaits: (identity: string) => Promise<void> }): Route[] {
  const { database, feed, forgetAdmissions, forgetWaits } = deps;
  return [
    route(forgetMe, async ({ caller }) => {
      const { identity } = caller.claims;
      const erased = await database.write<AudienceTables, Awaited<ReturnType<typeof erasePerson>>>((transaction) => erasePerson(transaction, identity));
      await forgetAdmissions(identity);
      await forgetWaits(identity);
      for (const [showId, messageIds] of erased) feed.changed(showId, messageIds);
      return undefined;
    }),
  ];
}
