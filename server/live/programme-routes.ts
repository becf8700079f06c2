// Owns the HTTP routes by which people find shows. They tell no more than an invitation does, so a gate does not close them.
import { renderSVG } from 'uqr';
import * as endpoints from '../protocol/endpoints.ts';
import type { Show } from '../protocol/show.ts';
import type { Caller } from '../platform/auth.ts';
import { FieldcastError } from '../platform/errors.ts';
import { Bytes, type Route, route } from '../platform/http/route.ts';
import type { Gate } from './access/gate.ts';
import { type ProgrammeDeps, readProgramme } from './programme.ts';
import { watchUrl } from './watch-page.ts';

/** A front page with a thousand visitors asks every 30 s; a cache in front may answer most of them. */
const PROGRAMME_CACHE_S = 5;

export function programmeRoutes(deps: ProgrammeDeps & { gate: Gate; publicUrl: () => string }): Route[] {
  const { shows, gate, publicUrl } = deps;

  /** @throws FieldcastError `not-found`, also for a rehearsal that the caller has no part in. */
  async function invitation(caller: Caller, showId: string): Promise<Show> {
    const show = await shows.require(showId);
    if (show.kind === 'rehearsal') await gate.require(caller, show);
    return show;
  }

  return [
    route(endpoints.readProgramme, async ({ query, reply }) => {
      const programme = await readProgramme(deps, query);
      reply.header('cache-control', `public, max-age=${PROGRAMME_CACHE_S}`);
      return programme;
    }),

    route(endpoints.shareShow, async ({ params, caller }) => {
      const show = await invitation(caller, params.showId);
      const url = watchUrl(show, publicUrl());
      return { show, url, qrSvg: renderSVG(url) };
    }),

    route(endpoints.readCalendar, async ({ params, caller, reply }) => {
      const show = await invitation(caller, params.showId);
      if (show.plannedAt === null) throw new FieldcastError('show.wrong-state', 'This show has no planned time.');
      const sequence = await shows.calendarSequence(show.id);
      // Loaded with the first file that somebody takes: its library has no part in the start.
      const { calendarFile } = await import('./calendar.ts');
      reply.header('cache-control', 'no-cache');
      reply.header('content-disposition', `inline; filename="${show.id}.ics"`);
      return new Bytes(Buffer.from(calendarFile({ show, plannedAt: show.plannedAt, sequence, url: watchUrl(show, publicUrl()) })), 'text/calendar; charset=utf-8');
    }),
  ];
}
