// Owns the endpoints of sellers, products and pictures.
import * as v from 'valibot';
import { endpoint } from '../endpoint.ts';
import { id } from '../ids.ts';
import * as shop from '../shop.ts';
import * as shows from '../show.ts';
import { everyone, operator, productParams, staff } from './common.ts';

export const listSellers = endpoint({
  method: 'GET',
  path: '/api/v1/sellers',
  summary: 'Sellers of record',
  roles: operator,
  status: 200,
  response: v.object({ sellers: v.array(shop.seller) }),
});

export const createSeller = endpoint({
  method: 'POST',
  path: '/api/v1/sellers',
  summary: 'A new seller of record, usually the cooperative',
  roles: operator,
  body: shop.sellerRequest,
  status: 201,
  response: shop.seller,
  idempotency: 'accepted',
});

export const changeSeller = endpoint({
  method: 'PATCH',
  path: '/api/v1/sellers/{sellerId}',
  summary: 'Change the name, or how long and how large a seller\'s replays may be',
  roles: operator,
  params: v.strictObject({ sellerId: id }),
  body: shop.sellerPatch,
  status: 200,
  response: shop.seller,
});

export const listHosts = endpoint({
  method: 'GET',
  path: '/api/v1/hosts',
  summary: 'People who host shows',
  roles: operator,
  status: 200,
  response: v.object({ hosts: v.array(shows.host) }),
});

export const listProducts = endpoint({
  method: 'GET',
  path: '/api/v1/products',
  summary: 'Products of the caller\'s seller, or of `sellerId` for an operator',
  roles: staff,
  right: 'shelf',
  query: v.strictObject({ sellerId: v.optional(id), archived: v.optional(v.picklist(['true'])) }),
  status: 200,
  response: v.object({ products: v.array(shop.product) }),
});

export const createProduct = endpoint({
  method: 'POST',
  path: '/api/v1/products',
  summary: 'A new product with its variants',
  roles: staff,
  right: 'stock',
  body: shop.productRequest,
  status: 201,
  response: shop.product,
  idempotency: 'accepted',
});

export const readProduct = endpoint({
  method: 'GET',
  path: '/api/v1/products/{productId}',
  summary: 'One product',
  roles: everyone,
  params: productParams,
  status: 200,
  response: shop.product,
});

export const changeProduct = endpoint({
  method: 'PATCH',
  path: '/api/v1/products/{productId}',
  summary: 'Change name, description, pictures, or archive it',
  roles: staff,
  right: 'stock',
  params: productParams,
  body: shop.productPatch,
  status: 200,
  response: shop.product,
});

export const addVariant = endpoint({
  method: 'POST',
  path: '/api/v1/products/{productId}/variants',
  summary: 'Add a variant, or change the one whose id is given',
  roles: staff,
  right: 'stock',
  params: productParams,
  body: shop.variantRequest,
  status: 200,
  response: shop.product,
  idempotency: 'accepted',
});

export const changeVariant = endpoint({
  method: 'PATCH',
  path: '/api/v1/variants/{variantId}',
  summary: 'Change price or stock; viewers see it within a second',
  roles: staff,
  right: 'stock',
  params: v.strictObject({ variantId: id }),
  body: shop.variantPatch,
  status: 200,
  response: shop.product,
  idempotency: 'accepted',
});

export const addPicture = endpoint({
  method: 'POST',
  path: '/api/v1/pictures',
  summary: 'Upload a JPEG, PNG or WebP; it is turned upright, stripped of its metadata and kept in three widths',
  roles: staff,
  right: 'stock',
  status: 201,
  response: shop.picture,
  limit: { perIdentity: 60 },
  raw: { types: ['image/jpeg', 'image/png', 'image/webp', 'application/octet-stream'], maxBytes: shop.PICTURE_MAX_BYTES },
});

export const readPicture = endpoint({
  method: 'GET',
  path: '/api/v1/pictures/{pictureId}/{width}',
  summary: 'A picture as WebP in one of the kept widths; never changes, so it may be cached for ever',
  roles: everyone,
  params: v.strictObject({ pictureId: id, width: v.picklist(shop.pictureWidths.map(String)) }),
  status: 200,
});
