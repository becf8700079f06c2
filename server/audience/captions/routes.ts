// Owns the HTTP routes of a show's captions: lines, what is being said, the file for the replay.
import * as v from 'valibot';
import { roles } from '../../protocol/access.ts';
import * as endpoints from '../../protocol/endpoints.ts';
import { id } from '../../protocol/ids.ts';
import { type Caller, hasRight } from '../../platform/auth.ts';
import type { Clock } from '../../platform/clock.ts';
import { FieldcastError } from '../../platform/errors.ts';
import { type Route, route, type WireRoute } from '../../platform/http/route.ts';
import { validate } from '../../platform/validate.ts';
import type { Door, Live } from '../../live/index.ts';
import { authorKey } from '../chat/author.ts';
import { cuesOf } from './cues.ts';
import type { CaptionFeed } from './feed.ts';
import { type CaptionLines, saidAt, viewLine } from './lines.ts';
import { webVtt } from './webvtt.ts';

const VTT_PATH = '/api/v1/shows/{showId}/captions.vtt';
const showParams = v.object({ showId: id });
const noQuery = v.strictObject({});

export function captionRoutes(deps: { lines: CaptionLines; feed: CaptionFeed; door: Door; replayTimes: Live['replayTimes']; clock: Clock }): (Route | WireRoute)[] {
  const { lines, feed, door, replayTimes, clock } = deps;

  async function writer(caller: Caller, showId: string): Promise<{ key: string; name: string }> {
    const { isStaff } = await door.enter(caller, showId);
    if (!isStaff) throw new FieldcastError('auth.forbidden', 'This is not your show.');
    return { key: authorKey(showId, caller.claims.identity), name: caller.claims.name ?? '' };
  }

  return [
    route(endpoints.readCaptions, async ({ params, query, caller }) => {
      const { show, isStaff: isOfShow } = await door.enter(caller, params.showId);
      const isStaff = isOfShow && hasRight(caller, 'captions');
      // The newest revision is read first: what comes in between is asked for again, and seen once.
      const revision = await lines.newestRevision(show.id);
      const page = await lines.page(show.id, { ...query, isStaff });
      const isCut = query.after !== undefined && page.length === query.limit;
      return {
        lines: page.map((row) => viewLine(row, isStaff)),
        revision: isCut ? (page.at(-1)?.revision ?? revision) : revision,
        you: authorKey(show.id, caller.claims.identity),
      };
    }),

    route(endpoints.postCaption, async ({ params, body, caller, once }) => {
      const { name } = await writer(caller, params.showId);
      const row = await lines.add(params.showId, body, name, once);
      feed.changed(params.showId, row.id);
      return viewLine(row, true);
    }),

    route(endpoints.changeCaption, async ({ params, body, caller }) => {
      await writer(caller, params.showId);
      const row = await lines.change(params.showId, params.captionId, body);
      feed.changed(params.showId, row.id);
      return viewLine(row, true);
    }),

    route(endpoints.draftCaption, async ({ params, body, caller }) => {
      const { key, name } = await writer(caller, params.showId);
      const { text, lang, source, at } = body;
      feed.writing(params.showId, { key, name, source });
      if (text !== '') feed.draft(params.showId, { at: saidAt(at, clock.now()), text, lang });
      return undefined;
    }),

    {
      kind: 'wire',
      method: 'GET',
      path: VTT_PATH,
      summary: 'The captions of a show in the time of its replay, as WebVTT',
      roles,
      produces: ['text/vtt'],
      limit: 60,
      async handle(request, reply, caller) {
        const { showId } = validate(showParams, request.params, 'params');
        validate(noQuery, request.query, 'query');
        const { show } = await door.enter(caller, showId);
        const times = await replayTimes.of(show.id);
        if (!times) throw new FieldcastError('replay.not-found', 'This show cannot be watched again.');
        return reply
          .header('cache-control', 'no-store')
          .type('text/vtt; charset=utf-8')
          .send(webVtt(cuesOf(await lines.spoken(show.id), times)));
      },
    },
  ];
}
