// Owns the endpoint of group buys. One is joined by an order that names it.
import { endpoint } from '../endpoint.ts';
import * as groupBuy from '../group-buy.ts';
import { showParams, staff } from './common.ts';

export const startGroupBuy = endpoint({
  method: 'POST',
  path: '/api/v1/shows/{showId}/group-buys',
  summary: 'Sell a variant to a group: the more buyers by the deadline, the cheaper for all; too few, and all get their money back',
  roles: staff,
  right: 'shelf',
  params: showParams,
  body: groupBuy.groupBuyRequest,
  status: 201,
  response: groupBuy.groupBuy,
  idempotency: 'required',
  limit: { perIdentity: 30 },
});
