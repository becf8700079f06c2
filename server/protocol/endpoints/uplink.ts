// Owns the endpoint of the uplink budget.
import { endpoint } from '../endpoint.ts';
import { uplinkReport } from '../uplink.ts';
import { operator } from './common.ts';

export const readUplink = endpoint({
  method: 'GET',
  path: '/api/v1/uplink',
  summary: 'The line out of the server: budget, what is sent, who has which level, who waits, and what was decided lately and why',
  roles: operator,
  status: 200,
  response: uplinkReport,
});
