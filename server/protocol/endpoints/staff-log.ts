// Owns the endpoint of the staff's log.
import * as v from 'valibot';
import { endpoint } from '../endpoint.ts';
import { staffAct } from '../staff-log.ts';
import { hosts, showParams } from './common.ts';

export const readStaffLog = endpoint({
  method: 'GET',
  path: '/api/v1/shows/{showId}/staff-log',
  summary: 'What host, helpers and operator did with the goods, shows and orders of the show\'s seller, newest first; the last 200 acts of a year',
  roles: hosts,
  params: showParams,
  status: 200,
  response: v.object({ acts: v.array(staffAct) }),
});
