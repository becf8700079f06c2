// Owns the shapes of a show's captions: lines, what is being said, and who writes them.
import * as v from 'valibot';
import { CAPTION_LIMIT } from './caption-limits.ts';
import { id } from './ids.ts';
import { line, timestampMs } from './text.ts';

export { CAPTION_LAG_LIMIT_MS, CAPTION_LIMIT, CAPTION_PAGE_LIMIT } from './caption-limits.ts';

export const captionSources = ['typed', 'speech'] as const;
/** BCP 47, as short as `zh` or as long as `zh-Hans-CN`. */
export const captionLang = v.pipe(v.string(), v.regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/, 'a language tag, e.g. zh-CN'));

export const captionLine = v.object({
  id,
  /** Where it stands among the others; never changes. */
  position: v.number(),
  /** Counts changes of a show's captions, like the chat's. */
  revision: v.number(),
  /** Server clock when it was said, or when somebody began to write it: a late picture shows it then. */
  at: v.number(),
  /** Server clock until which it stands, at the least. */
  endAt: v.number(),
  /** Empty when it was taken away, except for the staff. */
  text: v.string(),
  lang: v.string(),
  source: v.picklist(captionSources),
  isRemoved: v.boolean(),
  /** Who wrote it, for the staff; empty for others. */
  byName: v.string(),
});
export type CaptionLine = v.InferOutput<typeof captionLine>;

/** What is being said now, before it is a line. Nothing keeps it. */
export const captionDraft = v.object({ at: v.number(), text: v.string(), lang: v.string() });
export type CaptionDraft = v.InferOutput<typeof captionDraft>;

/** Server clock when it began to be said or written; now without it, and no earlier than `CAPTION_LAG_LIMIT_MS` ago. */
const at = v.optional(timestampMs);

export const captionRequest = v.strictObject({
  text: line(1, CAPTION_LIMIT),
  lang: captionLang,
  source: v.picklist(captionSources),
  at,
});

export const captionPatch = v.strictObject({
  text: v.optional(line(1, CAPTION_LIMIT)),
  isRemoved: v.optional(v.boolean()),
});

/** An empty text says only that somebody is writing. */
export const captionDraftRequest = v.strictObject({ text: line(0, CAPTION_LIMIT), lang: captionLang, source: v.picklist(captionSources), at });

export const captionPage = v.object({
  /** By `position`, oldest first; an answer to `after` by `revision`. */
  lines: v.array(captionLine),
  /** The newest revision there is; the next question is `after` this one. */
  revision: v.number(),
  /** `key` of whoever asks, as `caption.writing` names them. */
  you: v.string(),
});
