// Owns the HTTP routes of rehearsals and of consent to coaches.
import * as endpoints from '../../protocol/endpoints.ts';
import type { Show } from '../../protocol/show.ts';
import type { Caller } from '../../platform/auth.ts';
import { FieldcastError } from '../../platform/errors.ts';
import { type Route, route } from '../../platform/http/route.ts';
import { isHostOf, type Live } from '../../live/index.ts';
import type { Coaches } from './coaches.ts';
import type { GoingLive } from './going-live.ts';
import type { Rehearsals } from './rehearsals.ts';

export function rehearsalRoutes(deps: { rehearsals: Rehearsals; goingLive: GoingLive; coaches: Coaches; shows: Live['shows'] }): Route[] {
  const { rehearsals, goingLive, coaches, shows } = deps;

  /** @throws FieldcastError `not-found`; `auth.forbidden` for who is not the show's host. */
  async function ownShow(caller: Caller, showId: string): Promise<Show> {
    const show = await shows.require(showId);
    if (isHostOf(caller, show)) return show;
    if (show.kind === 'rehearsal') throw new FieldcastError('not-found', 'There is no such show.');
    throw new FieldcastError('auth.forbidden', 'This is not your show.');
  }

  /** Who is to practise. @throws FieldcastError `auth.forbidden` where the caller may not make them. */
  async function hostFor(caller: Caller, sellerId: string, asked: string | undefined): Promise<string> {
    const { role, identity } = caller.claims;
    if (role === 'operator') {
      if (asked !== undefined) return asked;
      const [first] = (await shows.programme({ sellerId, plannedAfter: 0, limit: 1 })).map(({ hostId }) => hostId);
      if (first) return first;
      throw new FieldcastError('input.invalid', 'hostId is needed: who is to practise.', { issues: [{ path: 'body.hostId', message: 'a host of this seller' }] });
    }
    const theirs = role === 'coach' ? await coaches.hostsOf(caller) : [caller.claims.showId === undefined ? identity : (await shows.require(caller.claims.showId)).hostId];
    const hostId = asked ?? (await firstOf(theirs, async (each) => (await shows.hostSeller(each)) === sellerId));
    if (hostId !== undefined && theirs.includes(hostId)) return hostId;
    throw new FieldcastError('auth.forbidden', role === 'coach' ? 'This is nobody you coach.' : 'You sell for somebody else.');
  }

  return [
    route(endpoints.startRehearsal, async ({ body, caller, once }) => {
      const hostId = await hostFor(caller, body.sellerId, body.hostId);
      return rehearsals.start({ ...body, hostId }, once);
    }),

    route(endpoints.readRehearsal, async ({ params, caller }) => {
      const show = caller.claims.role === 'coach' ? await coaches.require(caller, params.showId) : await ownShow(caller, params.showId);
      return rehearsals.read(show);
    }),

    route(endpoints.goLive, async ({ params, body, caller }) => {
      const show = await ownShow(caller, params.showId);
      await goingLive.go(show, body);
      return rehearsals.read(show);
    }),

    route(endpoints.undoGoLive, async ({ params, caller }) => {
      const show = await ownShow(caller, params.showId);
      await goingLive.undo(show);
      return rehearsals.read(show);
    }),

    route(endpoints.eraseRehearsal, async ({ params, caller }) => {
      await rehearsals.erase(await ownShow(caller, params.showId));
      return undefined;
    }),

    route(endpoints.listCoachShows, async ({ caller }) => ({ shows: await coaches.showsOf(caller) })),

    route(endpoints.askToCoach, ({ params, caller }) => coaches.ask(caller, params.showId)),

    route(endpoints.listCoaches, async ({ params, caller }) => ({ coaches: await coaches.ofShow((await ownShow(caller, params.showId)).id) })),

    route(endpoints.answerCoach, async ({ params, body, caller }) => {
      const { id } = await ownShow(caller, params.showId);
      await coaches.answer(id, params.coachId, body.isAllowed);
      return { coaches: await coaches.ofShow(id) };
    }),
  ];
}

async function firstOf<T>(list: readonly T[], isOne: (each: T) => Promise<boolean>): Promise<T | undefined> {
  for (const each of list) if (await isOne(each)) return each;
  return undefined;
}
