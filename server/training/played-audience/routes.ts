// Owns the HTTP routes of scenarios and of played audiences.
import * as endpoints from '../../protocol/endpoints.ts';
import type { Show } from '../../protocol/show.ts';
import type { Caller } from '../../platform/auth.ts';
import { FieldcastError } from '../../platform/errors.ts';
import { Bytes, type Route, route } from '../../platform/http/route.ts';
import type { Runs } from './runs.ts';
import type { Asker, Scenarios } from './scenarios.ts';

export interface PlayedRoutesDeps {
  scenarios: Scenarios;
  runs: Runs;
  /** The show that this caller trains in. @throws FieldcastError `not-found`, `auth.forbidden` */
  trained: (caller: Caller, showId: string) => Promise<Show>;
}

const USUAL_SEED = 1;

export function playedRoutes({ scenarios, runs, trained }: PlayedRoutesDeps): Route[] {
  /** @throws FieldcastError as `trained`; `show.wrong-state` for a real show: nobody plays with buyers. */
  async function rehearsed(caller: Caller, showId: string): Promise<Show> {
    const show = await trained(caller, showId);
    if (show.kind !== 'rehearsal') throw new FieldcastError('show.wrong-state', 'An audience is played in rehearsals alone.');
    return show;
  }
  const asker = ({ claims: { identity, role } }: Caller): Asker => ({ identity, isOperator: role === 'operator' });

  return [
    route(endpoints.listScenarios, async ({ caller }) => ({ scenarios: await scenarios.list(asker(caller)) })),

    route(endpoints.addScenario, ({ body, caller, once }) => scenarios.add(body, asker(caller), once)),

    route(endpoints.readScenarioFile, async ({ params }) => {
      const { text } = await scenarios.find(params.scenarioId);
      return new Bytes(Buffer.from(text), 'application/json; charset=utf-8');
    }),

    route(endpoints.removeScenario, async ({ params, caller }) => {
      await scenarios.remove(params.scenarioId, asker(caller));
      return undefined;
    }),

    route(endpoints.readAudience, async ({ params, caller }) => runs.view((await rehearsed(caller, params.showId)).id)),

    route(endpoints.playAudience, async ({ params, body, caller }) => {
      const show = await rehearsed(caller, params.showId);
      const known = await scenarios.find(body.scenarioId);
      await runs.start(show, { known, language: body.language, speed: body.speed, seed: body.seed ?? known.scenario.seed ?? USUAL_SEED });
      return runs.view(show.id);
    }),

    route(endpoints.changeAudience, async ({ params, body, caller }) => {
      const { id } = await rehearsed(caller, params.showId);
      await runs.change(id, body);
      return runs.view(id);
    }),

    route(endpoints.stopAudience, async ({ params, caller }) => {
      const { id } = await rehearsed(caller, params.showId);
      await runs.stop(id);
      return runs.view(id);
    }),

    route(endpoints.playAct, async ({ params, query, body, caller }) => {
      const show = await rehearsed(caller, params.showId);
      await runs.act(show, body, query.language);
      return runs.view(show.id);
    }),
  ];
}
