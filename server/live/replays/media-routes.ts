// Owns the HTTP addresses of a replay as files: frames, clips, the whole show as MP4, and the record of pins as a table.
import type { FastifyReply } from 'fastify';
import * as v from 'valibot';
import { roles } from '../../protocol/access.ts';
import { id } from '../../protocol/ids.ts';
import { CLIP_LIMIT_MS } from '../../protocol/replay.ts';
import { pictureWidths } from '../../protocol/shop.ts';
import type { Show } from '../../protocol/show.ts';
import type { Caller } from '../../platform/auth.ts';
import { FieldcastError } from '../../platform/errors.ts';
import type { WireRoute } from '../../platform/http/route.ts';
import { validate } from '../../platform/validate.ts';
import type { Replays } from '../../media/index.ts';
import { isStaffOf, requireStaffOf } from '../access/permissions.ts';
import { CLIP_PATH, DOWNLOAD_PATH, FRAME_PATH, PIN_LOG_CSV_PATH, type ReplayPasses } from './addresses.ts';
import type { Downloads } from './downloads.ts';
import { pinLogCsv } from './pin-log-csv.ts';
import type { ShowReplays } from './show-replays.ts';

export interface ReplayMediaDeps {
  replays: Pick<Replays, 'frame' | 'mp4'>;
  showReplays: ShowReplays;
  downloads: Downloads;
  passes: ReplayPasses;
  /** @throws FieldcastError `not-found`. */
  show: (showId: string) => Promise<Show>;
  /** @throws FieldcastError for who may not. */
  mayWatch: (caller: Caller, showId: string) => Promise<void>;
}

/** What a replay looks like at a moment does not change; a deleted one may linger in a cache for an hour. */
const FRAME_CACHE_S = 3600;

const ms = v.pipe(v.string(), v.regex(/^\d{1,9}$/, 'ms of replay time'), v.transform(Number));
const secret = v.pipe(v.string(), v.regex(/^[A-Za-z0-9._~-]{8,256}$/));
const showParams = v.object({ showId: id });
const frameParams = v.object({ showId: id, ms, width: v.pipe(v.picklist(pictureWidths.map(String)), v.transform(Number)) });
const frameQuery = v.strictObject({ pass: v.optional(secret) });
const clipQuery = v.pipe(
  v.strictObject({ from: ms, to: ms, pass: v.optional(secret) }),
  v.check(({ from, to }) => to > from && to - from <= CLIP_LIMIT_MS, 'a clip is 1 ms to 5 minutes long'),
);
const downloadQuery = v.strictObject({ ticket: v.optional(secret) });
const noQuery = v.strictObject({});

export function replayMediaRoutes(deps: ReplayMediaDeps): WireRoute[] {
  const { replays, showReplays, downloads, passes, show: find, mayWatch } = deps;

  async function requirePass(caller: Caller, showId: string, pass: string | undefined): Promise<void> {
    if (pass === undefined || !passes.isValid(showId, pass)) await mayWatch(caller, showId);
  }

  return [
    {
      kind: 'wire',
      method: 'GET',
      path: FRAME_PATH,
      summary: 'The key frame at or before a moment of the replay as WebP, 160, 480 or 1080 wide; ?pass= for a gated show',
      roles,
      produces: ['image/webp'],
      limit: 1_200,
      async handle(request, reply, caller) {
        const { showId, ms: atMs, width } = validate(frameParams, request.params, 'params');
        const { pass } = validate(frameQuery, request.query, 'query');
        await requirePass(caller, showId, pass);
        await showReplays.require(await find(showId));
        const picture = await replays.frame(showId, atMs, width);
        if (!picture) throw new FieldcastError('replay.not-found', 'There is no picture of this moment.');
        return reply
          .header('cache-control', `${await visibility(showId, pass)}, max-age=${FRAME_CACHE_S}`)
          .header('cross-origin-resource-policy', 'cross-origin')
          .type('image/webp')
          .send(picture);
      },
    },
    {
      kind: 'wire',
      method: 'GET',
      path: CLIP_PATH,
      summary: 'A part of the replay as MP4, ?from= to ?to= in ms of replay time, 5 minutes at most, begun at a key frame; ?pass= for a gated show',
      roles,
      produces: ['video/mp4'],
      limit: 60,
      async handle(request, reply, caller) {
        const { showId } = validate(showParams, request.params, 'params');
        const { from, to, pass } = validate(clipQuery, request.query, 'query');
        await requirePass(caller, showId, pass);
        const show = await find(showId);
        await showReplays.require(show);
        reply.header('cross-origin-resource-policy', 'cross-origin');
        return sendMp4(reply, await replays.mp4(showId, { fromMs: from, toMs: to }), { name: `${show.title} ${clock(from)}`, disposition: 'inline' });
      },
    },
    {
      kind: 'wire',
      method: 'GET',
      path: DOWNLOAD_PATH,
      summary: 'The whole show as MP4, for its staff or with a ?ticket= from .../replay/download',
      roles,
      produces: ['video/mp4'],
      limit: 30,
      async handle(request, reply, caller) {
        const { showId } = validate(showParams, request.params, 'params');
        const { ticket } = validate(downloadQuery, request.query, 'query');
        const show = await find(showId);
        if (ticket !== undefined ? !downloads.isValid(showId, ticket) : !isStaffOf(caller, show)) {
          throw show.kind === 'rehearsal' ? new FieldcastError('not-found', 'There is no such show.') : new FieldcastError('auth.forbidden', 'The whole show is for its staff only.');
        }
        await showReplays.require(show);
        return sendMp4(reply, await replays.mp4(showId), { name: show.title, disposition: 'attachment' });
      },
    },
    {
      kind: 'wire',
      method: 'GET',
      path: PIN_LOG_CSV_PATH,
      summary: 'What was pinned from when to when, as a table (CSV)',
      roles: ['host', 'helper', 'operator'],
      produces: ['text/csv'],
      async handle(request, reply, caller) {
        const { showId } = validate(showParams, request.params, 'params');
        validate(noQuery, request.query, 'query');
        const show = await find(showId);
        requireStaffOf(caller, show);
        const csv = pinLogCsv(await showReplays.pinEntries(show));
        return reply
          .header('cache-control', 'no-store')
          .header('content-disposition', disposition('attachment', `${show.title}.csv`))
          .type('text/csv; charset=utf-8')
          .send(csv);
      },
    },
  ];

  /** A cache may share what everybody may see, or what its address keeps for those who got it. */
  async function visibility(showId: string, pass: string | undefined): Promise<'public' | 'private'> {
    return pass !== undefined || (await passes.passFor(showId)) === undefined ? 'public' : 'private';
  }
}

function sendMp4(
  reply: FastifyReply,
  { stream, contentLength }: Awaited<ReturnType<Replays['mp4']>>,
  file: { name: string; disposition: 'inline' | 'attachment' },
): FastifyReply {
  reply.header('cache-control', 'no-store').header('content-disposition', disposition(file.disposition, `${file.name}.mp4`));
  return reply.header('content-length', contentLength).type('video/mp4').send(stream);
}

/** RFC 6266: a plain name for old clients beside the real one. */
function disposition(kind: 'inline' | 'attachment', name: string): string {
  const ending = name.slice(name.lastIndexOf('.'));
  // Half a surrogate pair cannot be encoded; as bytes it becomes a replacement sign.
  const encoded = encodeURIComponent(Buffer.from(name.replace(/[/\\]/g, ' ')).toString()).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
  return `${kind}; filename="show${ending}"; filename*=UTF-8''${encoded}`;
}

/** `1-02-03` for 1 h 2 min 3 s: a colon is not for file names. */
function clock(atMs: number): string {
  const seconds = Math.floor(atMs / 1000);
  return [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60].map((part, index) => (index === 0 ? String(part) : String(part).padStart(2, '0'))).join('-');
}
