// Owns the endpoints that all kinds of promotions share.
import { endpoint } from '../endpoint.ts';
import * as promotions from '../promotions.ts';
import { everyone, nothing, productParams, promotionParams, showParams, staff } from './common.ts';

export const listPromotions = endpoint({
  method: 'GET',
  path: '/api/v1/shows/{showId}/promotions',
  summary: 'Promotions that are on, or ended within the last two minutes, newest first',
  roles: everyone,
  params: showParams,
  status: 200,
  response: promotions.promotions,
});

export const readPromotionDesk = endpoint({
  method: 'GET',
  path: '/api/v1/shows/{showId}/promotions/desk',
  summary: 'All promotions of the show, planned ones among them, with what came of each',
  roles: staff,
  right: 'shelf',
  params: showParams,
  status: 200,
  response: promotions.promotionDesk,
});

export const endPromotion = endpoint({
  method: 'POST',
  path: '/api/v1/promotions/{promotionId}/end',
  summary: 'End a promotion before its time, or take one back that has not begun; one that is over stays as it is',
  roles: staff,
  right: 'shelf',
  params: promotionParams,
  body: nothing,
  status: 200,
  response: promotions.promotion,
});

export const readPrices = endpoint({
  method: 'GET',
  path: '/api/v1/products/{productId}/prices',
  summary: 'Prices of a product in the last 30 days, list and deal, and the lowest of each variant',
  roles: everyone,
  params: productParams,
  status: 200,
  response: promotions.priceRecord,
  limit: { perAddress: 600 },
});
