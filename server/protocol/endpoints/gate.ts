// Owns the endpoints of a show's gate: staff set it, viewers pass it.
import * as v from 'valibot';
import { endpoint } from '../endpoint.ts';
import * as gates from '../gate.ts';
import { id } from '../ids.ts';
import { everyone, hosts, showParams } from './common.ts';

export const readGate = endpoint({
  method: 'GET',
  path: '/api/v1/shows/{showId}/gate',
  summary: 'Who may watch the show, and whether lists show it',
  roles: hosts,
  params: showParams,
  status: 200,
  response: gates.gate,
});

export const changeGate = endpoint({
  method: 'PUT',
  path: '/api/v1/shows/{showId}/gate',
  summary: 'Change the gate. Those who are in stay in, unless `signOutEveryone` is given',
  roles: hosts,
  params: showParams,
  body: gates.gateChange,
  status: 200,
  response: gates.gate,
  limit: { perIdentity: 120 },
});

export const makeCodes = endpoint({
  method: 'POST',
  path: '/api/v1/shows/{showId}/gate/codes',
  summary: 'One-time codes, told this once; each lets one device in',
  roles: hosts,
  params: showParams,
  body: gates.codesRequest,
  status: 201,
  response: v.object({ codes: v.array(gates.freshCode) }),
  limit: { perIdentity: 30 },
});

export const listCodes = endpoint({
  method: 'GET',
  path: '/api/v1/shows/{showId}/gate/codes',
  summary: 'One-time codes by number, without the codes themselves',
  roles: hosts,
  params: showParams,
  status: 200,
  response: v.object({ codes: v.array(gates.codeSummary) }),
});

export const revokeUnusedCodes = endpoint({
  method: 'DELETE',
  path: '/api/v1/shows/{showId}/gate/codes',
  summary: 'Revoke every one-time code that nobody has used',
  roles: hosts,
  params: showParams,
  status: 204,
});

export const revokeCode = endpoint({
  method: 'DELETE',
  path: '/api/v1/shows/{showId}/gate/codes/{codeId}',
  summary: 'Revoke a one-time code; the device that used it is let in no longer',
  roles: hosts,
  params: v.strictObject({ showId: id, codeId: id }),
  status: 204,
});

export const enterCode = endpoint({
  method: 'POST',
  path: '/api/v1/shows/{showId}/admission',
  summary: 'Let this device in with a code. With an Idempotency-Key a repeated call lets the same device in, not a second one',
  roles: everyone,
  params: showParams,
  body: gates.admissionRequest,
  status: 200,
  response: gates.admission,
  idempotency: 'accepted',
  limit: { perIdentity: 20, perAddress: 600 },
});
