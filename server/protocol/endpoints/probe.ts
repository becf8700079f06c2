// Owns the endpoints of the uplink probe.
import * as v from 'valibot';
import { endpoint } from '../endpoint.ts';
import { staff } from './common.ts';

export const PROBE_MAX_BYTES = 1024 * 1024;
export const probeUplink = endpoint({
  method: 'POST',
  path: '/api/v1/probe',
  summary: 'Takes and forgets up to 1 MB, so that a host\'s page can time its uplink',
  roles: staff,
  status: 200,
  response: v.object({ bytes: v.number() }),
  limit: { perIdentity: 30 },
  raw: { types: ['application/octet-stream'], maxBytes: PROBE_MAX_BYTES },
});
