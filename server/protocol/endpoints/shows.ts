// Owns the endpoints of shows, their shelves and pins.
import * as v from 'valibot';
import { endpoint } from '../endpoint.ts';
import { id } from '../ids.ts';
import * as shows from '../show.ts';
import { everyone, hosts, nothing, operator, showParams, staff } from './common.ts';

export const listShows = endpoint({
  method: 'GET',
  path: '/api/v1/shows',
  summary: 'Shows, newest first; for a host only their own when `mine` is given. With `kind=rehearsal` rehearsals instead: their own, for the operator all',
  roles: everyone,
  query: v.strictObject({
    mine: v.optional(v.picklist(['true'])),
    kind: v.optional(v.picklist(shows.showKinds), 'live'),
    status: v.optional(v.picklist(shows.showStatuses)),
    limit: v.optional(v.pipe(v.string(), v.regex(/^\d{1,3}$/), v.transform(Number), v.minValue(1), v.maxValue(200)), '50'),
  }),
  status: 200,
  response: v.object({ shows: v.array(shows.show) }),
});

export const createShow = endpoint({
  method: 'POST',
  path: '/api/v1/shows',
  summary: 'Plan a show',
  roles: operator,
  body: shows.showRequest,
  status: 201,
  response: shows.show,
  idempotency: 'accepted',
});

export const readShow = endpoint({
  method: 'GET',
  path: '/api/v1/shows/{showId}',
  summary: 'Snapshot of a show: status, shelf, pins, viewers online',
  roles: everyone,
  params: showParams,
  status: 200,
  response: shows.showSnapshot,
});

export const changeShow = endpoint({
  method: 'PATCH',
  path: '/api/v1/shows/{showId}',
  summary: 'Change title, planned time or poster',
  roles: hosts,
  params: showParams,
  body: shows.showPatch,
  status: 200,
  response: shows.show,
});

export const deleteShow = endpoint({
  method: 'DELETE',
  path: '/api/v1/shows/{showId}',
  summary: 'Delete a show for good, with replay, chat, links and the buyers\' data; its orders stay as numbers. Refused while one is open',
  roles: operator,
  params: showParams,
  status: 204,
});

export const endShow = endpoint({
  method: 'POST',
  path: '/api/v1/shows/{showId}/end',
  summary: 'End a live or paused show for good',
  roles: hosts,
  params: showParams,
  body: nothing,
  status: 200,
  response: shows.show,
});

export const arrangeShelf = endpoint({
  method: 'PUT',
  path: '/api/v1/shows/{showId}/shelf',
  summary: 'Set the whole shelf in order',
  roles: staff,
  right: 'shelf',
  params: showParams,
  body: shows.shelfRequest,
  status: 200,
  response: shows.showSnapshot,
});

export const shelveProduct = endpoint({
  method: 'PUT',
  path: '/api/v1/shows/{showId}/shelf/{productId}',
  summary: 'Put a product at the end of the shelf; no change when it is there already',
  roles: staff,
  right: 'shelf',
  params: v.strictObject({ showId: id, productId: id }),
  body: nothing,
  status: 200,
  response: shows.showSnapshot,
});

export const pinProducts = endpoint({
  method: 'PUT',
  path: '/api/v1/shows/{showId}/pins',
  summary: 'Pin up to three products, the main one first',
  roles: staff,
  right: 'shelf',
  params: showParams,
  body: shows.pinsRequest,
  status: 200,
  response: shows.showSnapshot,
});
