// Owns the endpoint of flash sales.
import { endpoint } from '../endpoint.ts';
import * as flashSale from '../flash-sale.ts';
import { showParams, staff } from './common.ts';

export const startFlashSale = endpoint({
  method: 'POST',
  path: '/api/v1/shows/{showId}/flash-sales',
  summary: 'Sell a variant at a deal price for some minutes, after a countdown',
  roles: staff,
  right: 'shelf',
  params: showParams,
  body: flashSale.flashSaleRequest,
  status: 201,
  response: flashSale.flashSale,
  idempotency: 'required',
  limit: { perIdentity: 30 },
});
