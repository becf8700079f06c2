// Owns the endpoints of auctions.
import * as v from 'valibot';
import * as auction from '../auction.ts';
import { endpoint } from '../endpoint.ts';
import { id } from '../ids.ts';
import { everyone, nothing, showParams, staff } from './common.ts';

const auctionParams = v.strictObject({ promotionId: id });

export const startAuction = endpoint({
  method: 'POST',
  path: '/api/v1/shows/{showId}/auctions',
  summary: 'Auction one piece; it is taken from the shelf until the hammer falls. One auction of a show at a time',
  roles: staff,
  right: 'shelf',
  params: showParams,
  body: auction.auctionRequest,
  status: 201,
  response: auction.auction,
  idempotency: 'required',
  limit: { perIdentity: 30 },
});

export const placeBid = endpoint({
  method: 'POST',
  path: '/api/v1/promotions/{promotionId}/bids',
  summary: 'Say the most that you pay; the first time with who you are and how you pay, because the hammer makes it an order',
  roles: everyone,
  params: auctionParams,
  body: auction.bidRequest,
  status: 201,
  response: auction.bidAnswer,
  idempotency: 'required',
  limit: { perIdentity: 60, perAddress: 600 },
});

export const readOwnBid = endpoint({
  method: 'GET',
  path: '/api/v1/promotions/{promotionId}/bids/mine',
  summary: 'Your own part in an auction, with the order where you have won',
  roles: everyone,
  params: auctionParams,
  status: 200,
  response: auction.bidAnswer,
  limit: { perIdentity: 120, perAddress: 1200 },
});

export const readAuctionBook = endpoint({
  method: 'GET',
  path: '/api/v1/promotions/{promotionId}/bids',
  summary: 'Who bids in an auction, by letter and masked name, and to whom it can be offered when it was not paid',
  roles: staff,
  right: 'shelf',
  params: auctionParams,
  status: 200,
  response: auction.auctionBook,
});

export const offerToNextBidder = endpoint({
  method: 'POST',
  path: '/api/v1/promotions/{promotionId}/next',
  summary: 'Sell to the next bidder what the first has not paid, at the price that it would have had without them',
  roles: staff,
  right: 'shelf',
  params: auctionParams,
  body: nothing,
  status: 200,
  response: auction.auctionBook,
  idempotency: 'required',
  limit: { perIdentity: 30 },
});
