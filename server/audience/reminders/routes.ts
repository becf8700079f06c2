// Owns the HTTP routes of reminders: which browser takes push messages, of which show.
import * as endpoints from '../../protocol/endpoints.ts';
import type { Auth } from '../../platform/auth.ts';
import { FieldcastError } from '../../platform/errors.ts';
import { type Route, route } from '../../platform/http/route.ts';
import type { Show } from '../../protocol/show.ts';
import { tokenFor } from '../following/routes.ts';
import type { Reminders } from './reminders.ts';
import type { Subscriptions } from './subscriptions.ts';

export function reminderRoutes(deps: {
  reminders: Reminders;
  subscriptions: Subscriptions;
  auth: Auth;
  /** Who was invited to a show may be reminded of it, so a gate does not close this. */
  shows: { find(showId: string): Promise<Show | undefined> };
}): Route[] {
  const { reminders, subscriptions, auth, shows } = deps;

  async function require(showId: string): Promise<Show> {
    const show = await shows.find(showId);
    if (!show || show.kind === 'rehearsal') throw new FieldcastError('not-found', 'There is no such show.');
    return show;
  }

  return [
    route(endpoints.readReminder, async ({ params, caller }) => {
      const { id } = await require(params.showId);
      const [{ publicKey }, isReminded] = await Promise.all([reminders.keys(), subscriptions.isReminded(id, caller.claims.identity)]);
      return { publicKey, isReminded };
    }),

    route(endpoints.setReminder, async ({ params, caller }) => {
      const { id, status } = await require(params.showId);
      if (status !== 'planned') throw new FieldcastError('show.wrong-state', 'Only a show that has not begun yet can be waited for.');
      await subscriptions.remind(id, caller.claims.identity);
      return { viewerToken: await tokenFor(auth, caller) };
    }),

    route(endpoints.dropReminder, async ({ params, caller }) => {
      await subscriptions.dropReminder((await require(params.showId)).id, caller.claims.identity);
      return undefined;
    }),

    route(endpoints.subscribePush, async ({ body, caller }) => {
      await subscriptions.keep(caller.claims.identity, body);
      return { viewerToken: await tokenFor(auth, caller) };
    }),

    route(endpoints.unsubscribePush, async ({ caller }) => {
      await subscriptions.drop(caller.claims.identity);
      return undefined;
    }),
  ];
}
