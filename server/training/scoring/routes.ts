// Owns the HTTP routes of scoring.
import { isHostOf, type Live } from '../../live/index.ts';
import type { Caller } from '../../platform/auth.ts';
import { FieldcastError } from '../../platform/errors.ts';
import { type Route, route } from '../../platform/http/route.ts';
import * as endpoints from '../../protocol/endpoints.ts';
import type { Show } from '../../protocol/show.ts';
import type { Practice } from './practice.ts';
import type { Readings } from './readings.ts';
import type { Rubrics, Trainer } from './rubrics.ts';
import type { Sheets } from './sheets.ts';
import { usualRubric } from './usual-rubric.ts';

export interface ScoringRoutesDeps {
  door: Pick<Live['door'], 'enter'>;
  /** The show that this caller coaches in. @throws FieldcastError `not-found`, `auth.forbidden` */
  coached: (caller: Caller, showId: string) => Promise<Show>;
  rubrics: Rubrics;
  sheets: Sheets;
  practice: Practice;
  readings: Readings;
}

export function scoringRoutes({ door, coached, rubrics, sheets, practice, readings }: ScoringRoutesDeps): Route[] {
  const trainer = ({ claims }: Caller): Trainer => ({ identity: claims.identity, isOperator: claims.role === 'operator' });

  async function hosted(caller: Caller, showId: string): Promise<Show> {
    const { show } = await door.enter(caller, showId);
    if (!isHostOf(caller, show)) throw new FieldcastError('auth.forbidden', 'This is not your show.');
    return show;
  }
  /** Of those whom the endpoint lets in, whoever is no coach is host or operator. */
  const either = (caller: Caller, showId: string): Promise<Show> => (caller.claims.role === 'coach' ? coached(caller, showId) : hosted(caller, showId));

  return [
    route(endpoints.listRubrics, async ({ query, caller }) => ({ rubrics: [usualRubric(query.lang), ...(await rubrics.list(trainer(caller)))] })),

    route(endpoints.createRubric, ({ body, caller, once }) => rubrics.create(trainer(caller), body, once)),

    route(endpoints.changeRubric, ({ params, body, caller }) => rubrics.change(trainer(caller), params.rubricId, body)),

    route(endpoints.deleteRubric, async ({ params, caller }) => {
      await rubrics.remove(trainer(caller), params.rubricId);
      return undefined;
    }),

    route(endpoints.readScoreSheet, async ({ params, query, caller }) => {
      const sheet = await sheets.read(await either(caller, params.showId), query.lang);
      return caller.claims.role === 'host' && sheet.sharedAt === null ? null : sheet;
    }),

    route(endpoints.changeScoreSheet, async ({ params, query, body, caller }) => {
      const show = await either(caller, params.showId);
      await sheets.change(show, body, query.lang);
      return sheets.read(show, query.lang);
    }),

    route(endpoints.addMark, async ({ params, query, body, caller, once }) => {
      const show = await either(caller, params.showId);
      await sheets.mark(show, body, caller.claims.name ?? '', query.lang, once);
      return sheets.read(show, query.lang);
    }),

    route(endpoints.changeMark, async ({ params, body, caller }) => {
      const show = await either(caller, params.showId);
      await sheets.changeMark(show.id, params.markId, body);
      return sheets.read(show, 'zh-CN');
    }),

    route(endpoints.deleteMark, async ({ params, caller }) => {
      const show = await either(caller, params.showId);
      await sheets.removeMark(show.id, params.markId);
      return sheets.read(show, 'zh-CN');
    }),

    route(endpoints.readPractice, async ({ params, caller }) => practice.report(await either(caller, params.showId))),

    route(endpoints.sendReadings, async ({ params, body, caller }) => {
      const show = await hosted(caller, params.showId);
      if (show.status !== 'live' && show.status !== 'paused') throw new FieldcastError('show.not-live', 'Only a show that is on the air is measured.');
      await readings.take(show.id, body);
      return undefined;
    }),
  ];
}
