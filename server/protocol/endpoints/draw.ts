// Owns the endpoints of lucky draws.
import * as v from 'valibot';
import * as draw from '../draw.ts';
import { endpoint } from '../endpoint.ts';
import { id } from '../ids.ts';
import { buyer } from '../order.ts';
import { everyone, nothing, promotionParams, showParams, staff } from './common.ts';

export const openDraw = endpoint({
  method: 'POST',
  path: '/api/v1/shows/{showId}/draws',
  summary: 'Open a draw for so many seconds; the hash of its seed is told at once',
  roles: staff,
  right: 'shelf',
  params: showParams,
  body: draw.drawRequest,
  status: 201,
  response: draw.draw,
  idempotency: 'required',
  limit: { perIdentity: 30 },
});

export const drawNow = endpoint({
  method: 'POST',
  path: '/api/v1/draws/{promotionId}/now',
  summary: 'Draw before the time is up; one that is over stays as it is',
  roles: staff,
  right: 'shelf',
  params: promotionParams,
  body: nothing,
  status: 200,
  response: draw.draw,
  limit: { perIdentity: 30 },
});

export const enterDraw = endpoint({
  method: 'PUT',
  path: '/api/v1/draws/{promotionId}/entry',
  summary: 'Take part by a tap, once a viewer; a repeated one answers the same entry',
  roles: everyone,
  params: promotionParams,
  body: nothing,
  status: 200,
  response: draw.ownEntry,
  limit: { perIdentity: 30, perAddress: 240 },
});

export const readDraw = endpoint({
  method: 'GET',
  path: '/api/v1/draws/{promotionId}',
  summary: 'A draw with all its entries in their order, for whoever wants to check it',
  roles: everyone,
  params: promotionParams,
  status: 200,
  response: draw.drawRecord,
  limit: { perIdentity: 60, perAddress: 240 },
});

export const listOwnEntries = endpoint({
  method: 'GET',
  path: '/api/v1/shows/{showId}/draws/mine',
  summary: 'Draws of the show that this viewer takes or took part in, newest first, and what they won',
  roles: everyone,
  params: showParams,
  status: 200,
  response: v.object({ entries: v.array(draw.ownEntry) }),
  limit: { perIdentity: 60, perAddress: 1_200 },
});

export const claimPrize = endpoint({
  method: 'PUT',
  path: '/api/v1/draws/{promotionId}/prize',
  summary: 'A winner says where the prize is to go; may be said anew. One prize of a draw for one phone number',
  roles: everyone,
  params: promotionParams,
  body: buyer,
  status: 200,
  response: draw.ownEntry,
  limit: { perIdentity: 20, perAddress: 60 },
});

export const markPrize = endpoint({
  method: 'PUT',
  path: '/api/v1/draws/{promotionId}/winners/{place}/sent',
  summary: 'Note that a prize was sent or handed over, or that it was not; answers whose it is, and the draw by its prize',
  roles: staff,
  right: 'orders',
  params: v.strictObject({ promotionId: id, place: v.pipe(v.string(), v.regex(/^(?:0|[1-9][0-9]?)$/, 'not a place')) }),
  body: v.strictObject({ isSent: v.boolean() }),
  status: 200,
  response: v.object({ title: v.string(), winner: draw.drawWinner }),
  limit: { perIdentity: 120 },
});

export const listWinners = endpoint({
  method: 'GET',
  path: '/api/v1/draws/{promotionId}/winners',
  summary: 'Who won, and where their prizes go; helpers see masked phone numbers',
  roles: staff,
  right: 'orders',
  params: promotionParams,
  status: 200,
  response: v.object({ winners: v.array(draw.drawWinner) }),
});
