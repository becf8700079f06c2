// Owns the endpoints of coupons.
import * as v from 'valibot';
import * as coupon from '../coupon.ts';
import { endpoint } from '../endpoint.ts';
import { everyone, promotionParams, showParams, staff } from './common.ts';

export const openCoupon = endpoint({
  method: 'POST',
  path: '/api/v1/shows/{showId}/coupons',
  summary: 'Give out a coupon: pinned as a card, or by its code alone',
  roles: staff,
  right: 'shelf',
  params: showParams,
  body: coupon.couponRequest,
  status: 201,
  response: coupon.codedCoupon,
  idempotency: 'required',
  limit: { perIdentity: 30 },
});

export const listCoupons = endpoint({
  method: 'GET',
  path: '/api/v1/shows/{showId}/coupons',
  summary: 'Coupons of the show with their codes, newest first',
  roles: staff,
  right: 'shelf',
  params: showParams,
  status: 200,
  response: v.object({ coupons: v.array(coupon.codedCoupon) }),
});

export const changeCoupon = endpoint({
  method: 'PATCH',
  path: '/api/v1/coupons/{promotionId}',
  summary: 'Pin a coupon before viewers, or take its card away; who has it keeps it',
  roles: staff,
  right: 'shelf',
  params: promotionParams,
  body: coupon.couponPatch,
  status: 200,
  response: coupon.codedCoupon,
  limit: { perIdentity: 60 },
});

export const takeCoupon = endpoint({
  method: 'GET',
  path: '/api/v1/coupons/{promotionId}/code',
  summary: 'The code of a pinned coupon, for whoever takes it',
  roles: everyone,
  params: promotionParams,
  status: 200,
  response: coupon.codedCoupon,
  limit: { perIdentity: 60, perAddress: 600 },
});
