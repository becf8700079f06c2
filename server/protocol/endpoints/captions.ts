// Owns the endpoints of a show's captions. The file of a replay's captions is a wire route: it is WebVTT, not JSON.
import * as v from 'valibot';
import * as captions from '../captions.ts';
import { endpoint } from '../endpoint.ts';
import { id } from '../ids.ts';
import { everyone, showParams, staff } from './common.ts';

const count = v.pipe(v.string(), v.regex(/^\d{1,15}$/), v.transform(Number));

export const readCaptions = endpoint({
  method: 'GET',
  path: '/api/v1/shows/{showId}/captions',
  summary: 'The newest lines of captions; with `after` all that has changed since that revision, taken-away lines included; with `before` those at earlier positions',
  roles: everyone,
  params: showParams,
  query: v.strictObject({
    after: v.optional(count),
    before: v.optional(count),
    limit: v.optional(v.pipe(count, v.minValue(1), v.maxValue(captions.CAPTION_PAGE_LIMIT)), '50'),
  }),
  status: 200,
  response: captions.captionPage,
});

export const postCaption = endpoint({
  method: 'POST',
  path: '/api/v1/shows/{showId}/captions',
  summary: 'Add a line of captions; the same key adds once',
  roles: staff,
  right: 'captions',
  params: showParams,
  body: captions.captionRequest,
  status: 201,
  response: captions.captionLine,
  idempotency: 'required',
  limit: { perIdentity: 90 },
});

export const changeCaption = endpoint({
  method: 'PATCH',
  path: '/api/v1/shows/{showId}/captions/{captionId}',
  summary: 'Correct a line, take it away, put it back',
  roles: staff,
  right: 'captions',
  params: v.strictObject({ showId: id, captionId: id }),
  body: captions.captionPatch,
  status: 200,
  response: captions.captionLine,
  limit: { perIdentity: 90 },
});

export const draftCaption = endpoint({
  method: 'PUT',
  path: '/api/v1/shows/{showId}/captions/draft',
  summary: 'What is being said before it is a line, shown and kept nowhere; or, empty, that somebody is writing',
  roles: staff,
  right: 'captions',
  params: showParams,
  body: captions.captionDraftRequest,
  status: 204,
  limit: { perIdentity: 240 },
});
