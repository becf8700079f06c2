// Owns the endpoints of scenarios, and of the audience that they play in a rehearsal.
import * as v from 'valibot';
import { scriptLangs } from '../cue-limits.ts';
import { endpoint } from '../endpoint.ts';
import { id } from '../ids.ts';
import * as played from '../played-audience.ts';
import { SCENARIO_BYTES_MOST } from '../scenario-limits.ts';
import { actRequest } from '../scenario.ts';
import { practisers, showParams, teachers } from './common.ts';

const scenarioParams = v.strictObject({ scenarioId: id });

export const listScenarios = endpoint({
  method: 'GET',
  path: '/api/v1/scenarios',
  summary: 'Scenarios that can be played: those that come with the server, and those that trainers brought',
  roles: practisers,
  status: 200,
  response: v.object({ scenarios: v.array(played.scenarioSummary) }),
});

export const addScenario = endpoint({
  method: 'POST',
  path: '/api/v1/scenarios',
  summary: 'Bring a scenario as a file of JSON. `scenario.invalid` names each line that is wrong (key accepted)',
  roles: teachers,
  raw: { types: ['application/json', 'text/plain', 'application/octet-stream'], maxBytes: SCENARIO_BYTES_MOST },
  status: 201,
  response: played.scenarioSummary,
  idempotency: 'accepted',
  limit: { perIdentity: 60 },
});

export const readScenarioFile = endpoint({
  method: 'GET',
  path: '/api/v1/scenarios/{scenarioId}/file',
  summary: 'The file of a scenario, to read, change and bring again',
  roles: practisers,
  params: scenarioParams,
  status: 200,
  produces: 'application/json',
});

export const removeScenario = endpoint({
  method: 'DELETE',
  path: '/api/v1/scenarios/{scenarioId}',
  summary: 'Take a scenario away that one brought; a run of it goes on',
  roles: teachers,
  params: scenarioParams,
  status: 204,
});

export const readAudience = endpoint({
  method: 'GET',
  path: '/api/v1/rehearsals/{showId}/audience',
  summary: 'How the played audience of a rehearsal stands',
  roles: practisers,
  params: showParams,
  status: 200,
  response: played.playedAudience,
});

export const playAudience = endpoint({
  method: 'PUT',
  path: '/api/v1/rehearsals/{showId}/audience',
  summary: 'Play a scenario in a rehearsal, from its beginning; its clock goes while the rehearsal is on the air',
  roles: practisers,
  params: showParams,
  body: played.playRequest,
  status: 200,
  response: played.playedAudience,
});

export const changeAudience = endpoint({
  method: 'PATCH',
  path: '/api/v1/rehearsals/{showId}/audience',
  summary: 'Pause it, let it go on, make it faster or slower',
  roles: practisers,
  params: showParams,
  body: played.playPatch,
  status: 200,
  response: played.playedAudience,
});

export const stopAudience = endpoint({
  method: 'DELETE',
  path: '/api/v1/rehearsals/{showId}/audience',
  summary: 'Stop it: its people leave, prices and stock that it made wrong are put right where nobody has yet',
  roles: practisers,
  params: showParams,
  status: 200,
  response: played.playedAudience,
});

export const playAct = endpoint({
  method: 'POST',
  path: '/api/v1/rehearsals/{showId}/audience/acts',
  summary: 'A single act now, with or without a scenario',
  roles: practisers,
  params: showParams,
  query: v.object({ language: v.optional(v.picklist(scriptLangs), 'zh-CN') }),
  body: actRequest,
  status: 200,
  response: played.playedAudience,
  limit: { perIdentity: 240 },
});
