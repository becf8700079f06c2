// Owns the endpoints of what comes after a class: visits, numbers since, who still streams, tables of it.
import * as v from 'valibot';
import { endpoint } from '../endpoint.ts';
import * as shapes from '../follow-up.ts';
import { id } from '../ids.ts';
import { classParams, teachers } from './common.ts';

const lang = { lang: v.optional(v.picklist(['zh-CN', 'en']), 'en') };

export const readFollowUp = endpoint({
  method: 'GET',
  path: '/api/v1/follow-up',
  summary: 'Visits that are due, and per class and per trainer who still streams; of own classes, all of them for the operator',
  roles: teachers,
  status: 200,
  response: shapes.followUp,
});

export const readClassFollowUp = endpoint({
  method: 'GET',
  path: '/api/v1/classes/{classId}/follow-up',
  summary: 'Each trainee since the class: visits with notes, own numbers where they agreed, still streaming after 30 and 90 days',
  roles: teachers,
  params: classParams,
  status: 200,
  response: shapes.classFollowUp,
});

export const changeVisit = endpoint({
  method: 'PATCH',
  path: '/api/v1/trainees/{traineeId}/visits/{week}',
  summary: 'Mark a visit, write its note, move it',
  roles: teachers,
  params: v.strictObject({ traineeId: id, week: shapes.visitWeek }),
  body: shapes.visitPatch,
  status: 200,
  response: shapes.classFollowUp,
  limit: { perIdentity: 240 },
});

export const exportFollowUp = endpoint({
  method: 'GET',
  path: '/api/v1/follow-up.csv',
  summary: 'The same by class and trainer as a table',
  roles: teachers,
  query: v.strictObject(lang),
  status: 200,
  produces: 'text/csv; charset=utf-8',
});

export const exportClassFollowUp = endpoint({
  method: 'GET',
  path: '/api/v1/classes/{classId}/follow-up.csv',
  summary: 'The trainees of a class since then as a table',
  roles: teachers,
  params: classParams,
  query: v.strictObject(lang),
  status: 200,
  produces: 'text/csv; charset=utf-8',
});

export const exportVisits = endpoint({
  method: 'GET',
  path: '/api/v1/classes/{classId}/visits.ics',
  summary: 'Visits that are still to be made, as a calendar file with an alarm in the morning',
  roles: teachers,
  params: classParams,
  query: v.strictObject(lang),
  status: 200,
  produces: 'text/calendar; charset=utf-8',
});
