// Owns the wiring of following and of reminders: who is told of shows, and when.
import type { Auth } from '../../platform/auth.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/database.ts';
import type { Bus } from '../../platform/events.ts';
import type { Route } from '../../platform/http/route.ts';
import { Scope } from '../../platform/scope.ts';
import type { LiveFacts } from '../../live/index.ts';
import type { ShopFacts } from '../../shop/index.ts';
import type { Show } from '../../protocol/show.ts';
import { Follows } from '../following/follows.ts';
import { followingRoutes, type SellerNames } from '../following/routes.ts';
import { Reminders } from './reminders.ts';
import { reminderRoutes } from './routes.ts';
import { Subscriptions } from './subscriptions.ts';

export interface ReminderDeps {
  database: Database;
  auth: Auth;
  bus: Bus<LiveFacts & ShopFacts>;
  clock: Clock;
  sellers: SellerNames;
  shows: {
    find(showId: string): Promise<Show | undefined>;
    programme(filter: { sellerId: string; plannedAfter: number; limit: number }): Promise<Show[]>;
  };
  pageOf: (show: Show) => string;
  push: { contact: () => string; testService: string };
  onFault: (error: unknown) => void;
}

export function createReminders({ database, auth, bus, clock, sellers, shows, pageOf, push, onFault }: ReminderDeps): { follows: Follows; routes: Route[]; close(): Promise<void> } {
  const scope = new Scope();
  const follows = new Follows({ database, clock });
  const subscriptions = new Subscriptions({ database, clock, testService: push.testService });
  const reminders = new Reminders({ database, clock, subscriptions, shows, pageOf, ...push, onFault });
  scope.add(() => reminders.close());
  scope.add(bus.on('show.planned', ({ show }) => reminders.showChanged(show)));
  scope.add(bus.on('show.changed', ({ show }) => reminders.showChanged(show)));
  scope.add(bus.on('promotion.mine', ({ showId, identity, mine }) => mine.what === 'your-turn' && reminders.turnCame(showId, identity, mine.until)));
  scope.add(bus.on('show.deleted', ({ showId }) => subscriptions.showOver(showId)));
  async function nextShow(sellerId: string): Promise<Show | undefined> {
    const [first] = await shows.programme({ sellerId, plannedAfter: clock.now(), limit: 1 });
    return first?.status === 'ended' ? undefined : first;
  }
  return {
    follows,
    routes: [...followingRoutes({ follows, auth, sellers, nextShow, clock }), ...reminderRoutes({ reminders, subscriptions, auth, shows })],
    close: () => scope.close(),
  };
}
