// Owns the endpoints of scoring: a trainer's rubrics and sheets, the helpers beside them, and what the host's page measures for those.
import * as v from 'valibot';
import { endpoint } from '../endpoint.ts';
import { id } from '../ids.ts';
import * as scoring from '../scoring.ts';
import { hosts, showParams, teachers } from './common.ts';

const readers = [...teachers, 'host'] as const;
const rubricParams = v.strictObject({ rubricId: id });
const markParams = v.strictObject({ showId: id, markId: id });

export const listRubrics = endpoint({
  method: 'GET',
  path: '/api/v1/rubrics',
  summary: 'Rubrics to score by: the usual one, and one’s own; all of them for the operator',
  roles: teachers,
  query: scoring.rubricQuery,
  status: 200,
  response: v.object({ rubrics: v.array(scoring.rubric) }),
});

export const createRubric = endpoint({
  method: 'POST',
  path: '/api/v1/rubrics',
  summary: 'Keep a rubric of one’s own',
  roles: teachers,
  body: scoring.rubricRequest,
  status: 201,
  response: scoring.rubric,
  idempotency: 'required',
  limit: { perIdentity: 60 },
});

export const changeRubric = endpoint({
  method: 'PUT',
  path: '/api/v1/rubrics/{rubricId}',
  summary: 'Change a rubric of one’s own; sheets that were begun with it stay as they are',
  roles: teachers,
  params: rubricParams,
  body: scoring.rubricRequest,
  status: 200,
  response: scoring.rubric,
  limit: { perIdentity: 120 },
});

export const deleteRubric = endpoint({
  method: 'DELETE',
  path: '/api/v1/rubrics/{rubricId}',
  summary: 'Delete a rubric of one’s own',
  roles: teachers,
  params: rubricParams,
  status: 204,
});

export const readScoreSheet = endpoint({
  method: 'GET',
  path: '/api/v1/shows/{showId}/score-sheet',
  summary: 'The sheet of a show, begun with the usual criteria; null for its host as long as it has not been shared',
  roles: readers,
  params: showParams,
  query: scoring.rubricQuery,
  status: 200,
  response: v.nullable(scoring.scoreSheet),
});

export const changeScoreSheet = endpoint({
  method: 'PATCH',
  path: '/api/v1/shows/{showId}/score-sheet',
  summary: 'Change criteria and words of a sheet, share it with the host or take it back',
  roles: teachers,
  params: showParams,
  query: scoring.rubricQuery,
  body: scoring.sheetPatch,
  status: 200,
  response: scoring.scoreSheet,
  limit: { perIdentity: 240 },
});

export const addMark = endpoint({
  method: 'POST',
  path: '/api/v1/shows/{showId}/score-sheet/marks',
  summary: 'Mark a criterion from 1 to 5, at a moment of the recording or now',
  roles: teachers,
  params: showParams,
  query: scoring.rubricQuery,
  body: scoring.markRequest,
  status: 201,
  response: scoring.scoreSheet,
  idempotency: 'required',
  limit: { perIdentity: 240 },
});

export const changeMark = endpoint({
  method: 'PATCH',
  path: '/api/v1/shows/{showId}/score-sheet/marks/{markId}',
  summary: 'Change a mark or its note',
  roles: teachers,
  params: markParams,
  body: scoring.markPatch,
  status: 200,
  response: scoring.scoreSheet,
  limit: { perIdentity: 240 },
});

export const deleteMark = endpoint({
  method: 'DELETE',
  path: '/api/v1/shows/{showId}/score-sheet/marks/{markId}',
  summary: 'Take a mark away',
  roles: teachers,
  params: markParams,
  status: 200,
  response: scoring.scoreSheet,
  limit: { perIdentity: 240 },
});

export const readPractice = endpoint({
  method: 'GET',
  path: '/api/v1/shows/{showId}/practice',
  summary: 'Silence, prices said, questions answered and the picture, worked out from data; beside the host’s last rehearsals and first real shows',
  roles: readers,
  params: showParams,
  status: 200,
  response: scoring.practiceReport,
  limit: { perIdentity: 60 },
});

export const sendReadings = endpoint({
  method: 'POST',
  path: '/api/v1/shows/{showId}/practice/readings',
  summary: 'How loud the host was each second since the last call, how the picture was lit, which prices were heard; neither sound nor picture',
  roles: hosts,
  params: showParams,
  body: scoring.readings,
  status: 204,
  limit: { perIdentity: 12 },
});
