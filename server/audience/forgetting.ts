// Owns the route by which a viewer is forgotten on this server, and that whoever has their words on the screen hears of it.
import { forgetMe } from '../protocol/endpoints.ts';
import type { Database } from '../platform/db/database.ts';
import { type Route, route } from '../platform/http/route.ts';
import type { Feed } from './chat/feed.ts';
import { erasePerson } from './erasure.ts';
import type { AudienceTables } from './tables.ts';

export function forgettingRoutes({ database, feed, forgetElsewhere }: { database: Database; feed: Feed; forgetElsewhere: (identity: string) => Promise<void> }): Route[] {
  return [
    route(forgetMe, async ({ caller }) => {
      const { identity } = caller.claims;
      const erased = await database.write<AudienceTables, Awaited<ReturnType<typeof erasePerson>>>((transaction) => erasePerson(transaction, identity));
      await forgetElsewhere(identity);
      for (const [showId, messageIds] of erased) feed.changed(showId, messageIds);
      return undefined;
    }),
  ];
}
