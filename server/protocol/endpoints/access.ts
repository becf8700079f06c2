// Owns the endpoints of signing in and one-time links.
import * as v from 'valibot';
import * as access from '../access.ts';
import { endpoint } from '../endpoint.ts';
import { id } from '../ids.ts';
import { everyone, hosts, showParams } from './common.ts';

export const openSession = endpoint({
  method: 'POST',
  path: '/api/v1/sessions',
  summary: 'Exchange a one-time code or the operator secret for a device session (HttpOnly cookie) and a short token',
  roles: everyone,
  body: access.sessionRequest,
  status: 201,
  response: access.session,
  limit: { perAddress: 30 },
});

export const renewToken = endpoint({
  method: 'POST',
  path: '/api/v1/sessions/token',
  summary: 'A fresh short token for the device session in the cookie',
  roles: everyone,
  status: 200,
  response: access.session,
  limit: { perAddress: 240 },
});

export const closeSession = endpoint({
  method: 'DELETE',
  path: '/api/v1/sessions/current',
  summary: 'Sign this device out',
  roles: everyone,
  status: 204,
});

export const createLink = endpoint({
  method: 'POST',
  path: '/api/v1/shows/{showId}/links',
  summary: 'A one-time link with QR code for a host or a helper of the show',
  roles: hosts,
  params: showParams,
  body: access.linkRequest,
  status: 201,
  response: access.link,
  limit: { perIdentity: 60 },
});

export const listLinks = endpoint({
  method: 'GET',
  path: '/api/v1/shows/{showId}/links',
  summary: 'Links of the show, without their codes',
  roles: hosts,
  params: showParams,
  status: 200,
  response: v.object({ links: v.array(access.linkSummary) }),
});

export const changeLink = endpoint({
  method: 'PATCH',
  path: '/api/v1/links/{linkId}',
  summary: 'Give a helper other rights, at once, or another name',
  roles: hosts,
  params: v.strictObject({ linkId: id }),
  body: access.linkPatch,
  status: 200,
  response: access.linkSummary,
});

export const revokeLink = endpoint({
  method: 'DELETE',
  path: '/api/v1/links/{linkId}',
  summary: 'Revoke a link; sessions, tokens and connections that came from it end at once',
  roles: hosts,
  params: v.strictObject({ linkId: id }),
  status: 204,
});
