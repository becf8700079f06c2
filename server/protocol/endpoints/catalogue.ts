// Owns the endpoints of delivery rules, quotes, and products as a table.
import * as v from 'valibot';
import { deliveryRules, quote, quoteRequest } from '../delivery.ts';
import { endpoint } from '../endpoint.ts';
import { id } from '../ids.ts';
import { PRODUCT_TABLE_MAX_BYTES, productTablePreview, productTableQuery } from '../product-table.ts';
import { everyone, hosts, showParams, staff } from './common.ts';

const sellerParams = v.strictObject({ sellerId: id });

export const readDeliveryRules = endpoint({
  method: 'GET',
  path: '/api/v1/sellers/{sellerId}/delivery',
  summary: 'Where a seller brings goods, and what that costs',
  roles: everyone,
  params: sellerParams,
  status: 200,
  response: deliveryRules,
});

export const changeDeliveryRules = endpoint({
  method: 'PUT',
  path: '/api/v1/sellers/{sellerId}/delivery',
  summary: 'Replace the areas and fees; orders from then on are counted by them',
  roles: hosts,
  params: sellerParams,
  body: deliveryRules,
  status: 200,
  response: deliveryRules,
});

export const quoteOrder = endpoint({
  method: 'POST',
  path: '/api/v1/shows/{showId}/quote',
  summary: 'What an order would cost, delivery included, and why it would be refused; keeps nothing',
  roles: everyone,
  params: showParams,
  body: quoteRequest,
  status: 200,
  response: quote,
  limit: { perIdentity: 120, perAddress: 1_200 },
});

export const importProducts = endpoint({
  method: 'POST',
  path: '/api/v1/products/import',
  summary: 'A table of products (CSV): what it would change, and with `apply` the change itself',
  roles: staff,
  right: 'stock',
  query: productTableQuery,
  status: 200,
  response: productTablePreview,
  limit: { perIdentity: 30 },
  raw: { types: ['text/csv', 'application/octet-stream'], maxBytes: PRODUCT_TABLE_MAX_BYTES },
});

export const exportProducts = endpoint({
  method: 'GET',
  path: '/api/v1/products/export',
  summary: 'The products on sale as a table that can be changed and sent back',
  roles: staff,
  right: 'stock',
  query: v.strictObject({ sellerId: v.optional(id) }),
  status: 200,
  produces: 'text/csv; charset=utf-8',
});
