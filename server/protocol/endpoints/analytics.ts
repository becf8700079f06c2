// Owns the endpoints of figures: what pages measure, and what sellers read. Money and people: hosts and operators only.
import * as v from 'valibot';
import * as analytics from '../analytics.ts';
import { endpoint } from '../endpoint.ts';
import { id } from '../ids.ts';
import { TELEMETRY_BYTES_MOST, telemetryTaken } from '../telemetry.ts';
import { everyone, hosts, operator, showParams } from './common.ts';

export const sendTelemetry = endpoint({
  method: 'POST',
  path: '/api/v1/shows/{showId}/telemetry',
  summary: 'What a page measured, as one numbered batch; as text/plain too, so that a beacon can carry it. The answer says how often one is enough',
  roles: everyone,
  params: showParams,
  raw: { types: ['application/json', 'text/plain'], maxBytes: TELEMETRY_BYTES_MOST },
  status: 200,
  response: telemetryTaken,
  isCountedApart: true,
});

export const listFigures = endpoint({
  method: 'GET',
  path: '/api/v1/analytics/figures',
  summary: 'Every figure: name, formula, unit, window',
  roles: everyone,
  status: 200,
  response: analytics.figureTable,
});

export const readLiveFigures = endpoint({
  method: 'GET',
  path: '/api/v1/analytics/shows/{showId}/live',
  summary: 'The numbers of a show that is on, true to the second',
  roles: hosts,
  params: showParams,
  status: 200,
  response: analytics.liveFigures,
  limit: { perIdentity: 120 },
});

export const readShowReport = endpoint({
  method: 'GET',
  path: '/api/v1/analytics/shows/{showId}',
  summary: 'All figures of a show, with funnel, products, quality, comparison and suggestions',
  roles: hosts,
  params: showParams,
  query: analytics.reportQuery,
  status: 200,
  response: analytics.showReport,
  limit: { perIdentity: 120 },
});

export const readTrend = endpoint({
  method: 'GET',
  path: '/api/v1/analytics/shows/{showId}/minutes',
  summary: 'A show minute by minute, with its pins, promotions, stock-outs and drops',
  roles: hosts,
  params: showParams,
  status: 200,
  response: analytics.trend,
  limit: { perIdentity: 120 },
});

export const readSellerFigures = endpoint({
  method: 'GET',
  path: '/api/v1/analytics/sellers/{sellerId}',
  summary: "A seller's shows in a stretch of time: together, day by day, show by show",
  roles: hosts,
  params: v.strictObject({ sellerId: id }),
  query: analytics.sellerQuery,
  status: 200,
  response: analytics.sellerFigures,
  limit: { perIdentity: 60 },
});

export const exportFiguresCsv = endpoint({
  method: 'GET',
  path: '/api/v1/analytics/shows/{showId}/export.csv',
  summary: 'Figures, minutes or products of a show as a table',
  roles: hosts,
  params: showParams,
  query: analytics.exportQuery,
  status: 200,
  produces: 'text/csv; charset=utf-8',
  limit: { perIdentity: 30 },
});

export const exportFiguresJson = endpoint({
  method: 'GET',
  path: '/api/v1/analytics/shows/{showId}/export.jsonl',
  summary: 'Figures, minutes or products of a show, one JSON object a line',
  roles: hosts,
  params: showParams,
  query: analytics.exportQuery,
  status: 200,
  produces: 'application/jsonl',
  limit: { perIdentity: 30 },
});

export const recomputeFigures = endpoint({
  method: 'POST',
  path: '/api/v1/analytics/shows/{showId}/recompute',
  summary: 'Make all roll-ups of a show again from its raw events; `show.wrong-state` once these are cut',
  roles: operator,
  params: showParams,
  status: 200,
  response: analytics.recomputed,
  limit: { perIdentity: 10 },
});
