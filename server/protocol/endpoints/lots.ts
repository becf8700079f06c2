// Owns the endpoints of harvest lots.
import * as v from 'valibot';
import { endpoint } from '../endpoint.ts';
import { id } from '../ids.ts';
import * as lots from '../lots.ts';
import { everyone, productParams, staff } from './common.ts';

export const listLots = endpoint({
  method: 'GET',
  path: '/api/v1/products/{productId}/lots',
  summary: 'Harvest lots of a product, in the order in which they are sold, and what is left of each',
  roles: everyone,
  params: productParams,
  status: 200,
  response: lots.lots,
  limit: { perAddress: 600 },
});

export const addLot = endpoint({
  method: 'POST',
  path: '/api/v1/variants/{variantId}/lots',
  summary: 'Sell so many pieces of a variant as one lot, after those there are already; with a running number each, if wanted',
  roles: staff,
  right: 'stock',
  params: v.strictObject({ variantId: id }),
  body: lots.lotRequest,
  status: 201,
  response: lots.lot,
  idempotency: 'required',
  limit: { perIdentity: 60 },
});

export const changeLot = endpoint({
  method: 'PATCH',
  path: '/api/v1/lots/{lotId}',
  summary: 'Rename a lot, make it larger or smaller, close it, open it again',
  roles: staff,
  right: 'stock',
  params: v.strictObject({ lotId: id }),
  body: lots.lotPatch,
  status: 200,
  response: lots.lot,
  limit: { perIdentity: 120 },
});
