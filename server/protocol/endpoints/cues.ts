// Owns the endpoints of cue cards and scripts: the words a seller has before their eyes, kept from show to show.
import * as v from 'valibot';
import * as cards from '../cue-cards.ts';
import { endpoint } from '../endpoint.ts';
import { id } from '../ids.ts';
import * as scripts from '../scripts.ts';
import { showParams, staff } from './common.ts';

/** Who works for the show, and who coaches in it. */
const prompters = [...staff, 'coach'] as const;
const cardParams = v.strictObject({ showId: id, productId: id });
const scriptParams = v.strictObject({ showId: id, scriptId: id });

export const listCueCards = endpoint({
  method: 'GET',
  path: '/api/v1/shows/{showId}/cue-cards',
  summary: 'A card for each product on the shelf; what nobody has written is drafted from what is known of the product',
  roles: prompters,
  right: 'shelf',
  params: showParams,
  query: cards.scriptLangQuery,
  status: 200,
  response: cards.cueCardList,
});

export const writeCueCard = endpoint({
  method: 'PUT',
  path: '/api/v1/shows/{showId}/cue-cards/{productId}',
  summary: 'Write the card of a product on the shelf; it holds in all shows of its seller, and in their rehearsals',
  roles: prompters,
  right: 'shelf',
  params: cardParams,
  body: cards.cueCardRequest,
  status: 200,
  response: cards.cueCard,
  limit: { perIdentity: 120 },
});

export const deleteCueCard = endpoint({
  method: 'DELETE',
  path: '/api/v1/shows/{showId}/cue-cards/{productId}',
  summary: 'Take back what was written on a card; it is drafted again',
  roles: prompters,
  right: 'shelf',
  params: cardParams,
  status: 204,
  limit: { perIdentity: 120 },
});

export const listScripts = endpoint({
  method: 'GET',
  path: '/api/v1/shows/{showId}/scripts',
  summary: "Scripts of the show's seller, the one that this show goes by, and own shows that a script can be made of",
  roles: prompters,
  right: 'shelf',
  params: showParams,
  status: 200,
  response: scripts.scriptList,
});

export const draftScript = endpoint({
  method: 'GET',
  path: '/api/v1/shows/{showId}/script-draft',
  summary: 'A script to begin with: from a template for kinds of goods, or from a show of one’s own as it went. Nothing is kept',
  roles: prompters,
  right: 'shelf',
  params: showParams,
  query: scripts.draftQuery,
  status: 200,
  response: scripts.scriptDraft,
});

export const createScript = endpoint({
  method: 'POST',
  path: '/api/v1/shows/{showId}/scripts',
  summary: 'Keep a script; the show goes by it from now on',
  roles: prompters,
  right: 'shelf',
  params: showParams,
  body: scripts.scriptRequest,
  status: 201,
  response: scripts.script,
  idempotency: 'required',
  limit: { perIdentity: 60 },
});

export const readScript = endpoint({
  method: 'GET',
  path: '/api/v1/shows/{showId}/scripts/{scriptId}',
  summary: 'A script in its newest or in an older version',
  roles: prompters,
  right: 'shelf',
  params: scriptParams,
  query: v.strictObject({ version: v.optional(v.pipe(v.string(), v.regex(/^\d{1,6}$/), v.transform(Number))) }),
  status: 200,
  response: scripts.script,
});

export const changeScript = endpoint({
  method: 'PUT',
  path: '/api/v1/shows/{showId}/scripts/{scriptId}',
  summary: 'Keep a new version of a script; the last 20 are kept',
  roles: prompters,
  right: 'shelf',
  params: scriptParams,
  body: scripts.scriptChange,
  status: 200,
  response: scripts.script,
  limit: { perIdentity: 120 },
});

export const deleteScript = endpoint({
  method: 'DELETE',
  path: '/api/v1/shows/{showId}/scripts/{scriptId}',
  summary: 'Delete a script with all its versions',
  roles: prompters,
  right: 'shelf',
  params: scriptParams,
  status: 204,
});

export const useScript = endpoint({
  method: 'PUT',
  path: '/api/v1/shows/{showId}/script',
  summary: 'Which script the show goes by; null: none',
  roles: prompters,
  right: 'shelf',
  params: showParams,
  body: scripts.scriptUse,
  status: 200,
  response: scripts.scriptUse,
  limit: { perIdentity: 120 },
});
