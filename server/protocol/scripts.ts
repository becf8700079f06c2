// Owns the shapes of scripts: the run of a show in timed steps, its versions, and the templates for farm goods.
import * as v from 'valibot';
import {
  goodsKinds, SCRIPT_LINE_LIMIT, SCRIPT_LINES_LIMIT, SCRIPT_SECONDS_LEAST, SCRIPT_SECONDS_MOST, SCRIPT_STEPS_LIMIT, SCRIPT_TITLE_LIMIT, scriptLangs, scriptParts,
} from './cue-limits.ts';
import { id } from './ids.ts';
import { line } from './text.ts';

const seconds = v.pipe(v.number(), v.integer(), v.minValue(SCRIPT_SECONDS_LEAST), v.maxValue(SCRIPT_SECONDS_MOST));

export const scriptStep = v.object({
  part: v.picklist(scriptParts),
  /** The product it is about; pinning it goes to this step. */
  productId: v.nullable(id),
  /** As in {@link cueCardRequest}, `{price}` and the like stand for what is true when it is read. */
  lines: v.array(v.string()),
  seconds: v.number(),
});
export type ScriptStep = v.InferOutput<typeof scriptStep>;

const stepRequest = v.strictObject({
  part: v.picklist(scriptParts),
  productId: v.optional(v.nullable(id), null),
  lines: v.pipe(v.array(line(1, SCRIPT_LINE_LIMIT)), v.maxLength(SCRIPT_LINES_LIMIT)),
  seconds,
});

const body = {
  title: line(1, SCRIPT_TITLE_LIMIT),
  lang: v.picklist(scriptLangs),
  steps: v.pipe(v.array(stepRequest), v.minLength(1), v.maxLength(SCRIPT_STEPS_LIMIT)),
};

export const scriptRequest = v.strictObject(body);
export type ScriptRequest = v.InferOutput<typeof scriptRequest>;
/** `basedOn`: the version that was changed; another one meanwhile answers `script.changed`. */
export const scriptChange = v.strictObject({ ...body, basedOn: v.pipe(v.number(), v.integer(), v.minValue(1)) });
export type ScriptChange = v.InferOutput<typeof scriptChange>;

export const scriptVersion = v.object({ version: v.number(), at: v.number(), byName: v.string() });

export const script = v.object({
  id,
  title: v.string(),
  lang: v.picklist(scriptLangs),
  /** The one that is told here, which need not be the newest. */
  version: v.number(),
  steps: v.array(scriptStep),
  /** Newest first. */
  versions: v.array(scriptVersion),
});
export type Script = v.InferOutput<typeof script>;

export const scriptSummary = v.object({
  id,
  title: v.string(),
  lang: v.picklist(scriptLangs),
  version: v.number(),
  steps: v.number(),
  seconds: v.number(),
  changedAt: v.number(),
});

/** A show of one's own that a script can be made of. */
export const scriptSource = v.object({
  showId: id,
  title: v.string(),
  startedAt: v.number(),
  seconds: v.number(),
  /** How many products were shown, and how many orders came while it was on. */
  products: v.number(),
  orders: v.number(),
});
export type ScriptSource = v.InferOutput<typeof scriptSource>;

export const scriptList = v.object({
  /** Those of the show's seller, last changed first. */
  scripts: v.array(scriptSummary),
  /** The one that this show goes by. */
  usedId: v.nullable(id),
  /** Shows that are over, those with the most orders an hour first. */
  sources: v.array(scriptSource),
});
export type ScriptList = v.InferOutput<typeof scriptList>;

export const scriptUse = v.strictObject({ scriptId: v.nullable(id) });

/** Either a template for a kind of goods, written for what is on the shelf, or a show of one's own. */
export const draftQuery = v.pipe(
  v.strictObject({ lang: v.optional(v.picklist(scriptLangs), 'zh-CN'), kind: v.optional(v.picklist(goodsKinds)), fromShowId: v.optional(id) }),
  v.check(({ kind, fromShowId }) => kind === undefined || fromShowId === undefined, 'kind or fromShowId, not both'),
);
/** Nothing of it is kept before it is saved. */
export const scriptDraft = v.object({ title: v.string(), lang: v.picklist(scriptLangs), steps: v.array(scriptStep) });
export type ScriptDraft = v.InferOutput<typeof scriptDraft>;
