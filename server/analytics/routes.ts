// Owns the HTTP routes of figures: what pages send in, and what a show's host, or the operator, reads.
import { Readable } from 'node:stream';
import type { Door } from '../live/index.ts';
import type { Caller } from '../platform/auth.ts';
import type { Database } from '../platform/db/database.ts';
import { FieldcastError } from '../platform/errors.ts';
import { Bytes, type Route, route, type WireRoute } from '../platform/http/route.ts';
import { validate } from '../platform/validate.ts';
import type { ExportTable } from '../protocol/analytics.ts';
import * as endpoints from '../protocol/endpoints.ts';
import { hosts, showParams } from '../protocol/endpoints/common.ts';
import { type Figure, figureNames, figures } from '../protocol/figures.ts';
import type { Seller } from '../protocol/shop.ts';
import type { Show } from '../protocol/show.ts';
import { batchOf, type Intake } from './intake/intake.ts';
import { asCsv, asJsonLines, figureLines, fulfilmentLines, type Line, minuteLines, productLines, promotionLines, rawAs } from './reading/export.ts';
import type { Figures } from './reading/figures.ts';
import type { Recomputed } from './upkeep/recompute.ts';

export interface AnalyticsRoutesDeps {
  database: Database;
  door: Pick<Door, 'enter' | 'mayWorkFor'>;
  intake: Intake;
  figures: Figures;
  findSeller: (sellerId: string) => Promise<Seller | undefined>;
  recompute: (showId: string) => Promise<Recomputed>;
  forgetRecognition: (identity: string) => Promise<void>;
}

const reportLines = { figures: figureLines, products: productLines, promotions: promotionLines, fulfilment: fulfilmentLines };

export function analyticsRoutes(deps: AnalyticsRoutesDeps): (Route | WireRoute)[] {
  const { database, door, intake } = deps;

  /** Roles are checked before: this is a host or the operator. */
  async function ownShow(caller: Caller, showId: string): Promise<Show> {
    const { show, isStaff } = await door.enter(caller, showId);
    if (!isStaff) throw new FieldcastError('auth.forbidden', 'This is not your show.');
    if (show.kind === 'rehearsal') throw new FieldcastError('not-found', 'A rehearsal has no figures.');
    return show;
  }

  async function linesOf(show: Show, { of, share }: { of: ExportTable; share: boolean }): Promise<Line[]> {
    if (of === 'minutes') return minuteLines(await deps.figures.trend(show), share);
    return reportLines[of](await deps.figures.report(show, share));
  }

  const raw = (form: 'csv' | 'jsonl', type: string): WireRoute => ({
    kind: 'wire',
    method: 'GET',
    path: `/api/v1/analytics/shows/{showId}/raw.${form}`,
    summary: 'All raw events of a show, oldest first; for the seller alone',
    roles: hosts,
    produces: [type],
    limit: 10,
    async handle(request, reply, caller) {
      const show = await ownShow(caller, validate(showParams, request.params, 'params').showId);
      const number = await deps.figures.numberOf(show);
      reply.header('content-disposition', `attachment; filename="raw-${show.id}.${form}"`).header('cache-control', 'no-store').type(type);
      return reply.send(Readable.from(number === undefined ? [] : rawAs(form, database, number)));
    },
  });

  return [
    route(endpoints.sendTelemetry, ({ params, body, caller, reply }) => intake.take(params.showId, batchOf(body), { caller, userAgent: reply.request.headers['user-agent'] ?? '' })),

    route(endpoints.forgetRecognition, async ({ caller }) => {
      await deps.forgetRecognition(caller.claims.identity);
      return undefined;
    }),

    route(endpoints.listFigures, () => ({
      figures: figureNames.map((id) => {
        const { name, unit, formula, window, by = [] }: Figure = figures[id];
        return { id, name, unit, formula, window, by: [...by] };
      }),
    })),

    route(endpoints.readLiveFigures, async ({ params, caller }) => deps.figures.live(await ownShow(caller, params.showId))),
    route(endpoints.readShowReport, async ({ params, query, caller }) => deps.figures.report(await ownShow(caller, params.showId), query.share)),
    route(endpoints.readTrend, async ({ params, caller }) => deps.figures.trend(await ownShow(caller, params.showId))),

    route(endpoints.readSellerFigures, async ({ params, query, caller }) => {
      await door.mayWorkFor(caller, params.sellerId);
      const seller = await deps.findSeller(params.sellerId);
      if (!seller) throw new FieldcastError('not-found', 'There is no such seller.');
      return deps.figures.seller(seller, query);
    }),

    route(endpoints.exportFiguresCsv, async ({ params, query, caller, reply }) => {
      const show = await ownShow(caller, params.showId);
      reply.header('content-disposition', `attachment; filename="${query.of}-${show.id}.csv"`).header('cache-control', 'no-store');
      return new Bytes(asCsv(await linesOf(show, query)), endpoints.exportFiguresCsv.produces);
    }),

    route(endpoints.exportFiguresJson, async ({ params, query, caller, reply }) => {
      const show = await ownShow(caller, params.showId);
      reply.header('content-disposition', `attachment; filename="${query.of}-${show.id}.jsonl"`).header('cache-control', 'no-store');
      return new Bytes(asJsonLines(await linesOf(show, query)), endpoints.exportFiguresJson.produces);
    }),

    route(endpoints.recomputeFigures, async ({ params, caller }) => deps.recompute((await ownShow(caller, params.showId)).id)),

    raw('csv', 'text/csv; charset=utf-8'),
    raw('jsonl', 'application/jsonl'),
  ];
}
