// Owns the endpoints of replays: watching again, the record of pins, moments of an order, downloads, and the room recordings take.
import * as v from 'valibot';
import { endpoint } from '../endpoint.ts';
import * as replays from '../replay.ts';
import { everyone, hosts, nothing, operator, orderParams, showParams, staff } from './common.ts';

export const readReplay = endpoint({
  method: 'GET',
  path: '/api/v1/shows/{showId}/replay',
  summary: 'The replay of a show with its chapters and pins; while it is live, what is recorded so far',
  roles: everyone,
  params: showParams,
  status: 200,
  response: replays.replay,
  limit: { perAddress: 600 },
});

export const deleteReplay = endpoint({
  method: 'DELETE',
  path: '/api/v1/shows/{showId}/replay',
  summary: 'Delete the replay for good; the show, its orders and its record of pins stay',
  roles: hosts,
  params: showParams,
  status: 204,
});

export const openDownload = endpoint({
  method: 'POST',
  path: '/api/v1/shows/{showId}/replay/download',
  summary: 'An address from which the whole show can be downloaded as MP4 for a quarter of an hour, without a token',
  roles: staff,
  params: showParams,
  body: nothing,
  status: 201,
  response: v.object({ url: v.string(), expiresAt: v.number() }),
  limit: { perIdentity: 30 },
});

export const readPinLog = endpoint({
  method: 'GET',
  path: '/api/v1/shows/{showId}/pins/log',
  summary: 'What was pinned from when to when, oldest first',
  roles: staff,
  right: 'shelf',
  params: showParams,
  status: 200,
  response: v.object({ entries: v.array(replays.pinEntry) }),
});

export const readOrderMoments = endpoint({
  method: 'GET',
  path: '/api/v1/orders/{orderId}/moments',
  summary: 'The seconds of the replay in which the ordered products were shown, for whoever holds the order\'s unguessable id',
  roles: everyone,
  params: orderParams,
  status: 200,
  response: replays.orderMoments,
  limit: { perAddress: 600 },
});

export const readStorage = endpoint({
  method: 'GET',
  path: '/api/v1/storage',
  summary: 'Room that recordings take and may take, and when each of them goes',
  roles: operator,
  status: 200,
  response: replays.storage,
});
