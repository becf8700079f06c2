// Owns the shapes of cue cards: what a host has before their eyes while a product is pinned.
import * as v from 'valibot';
import { CARD_FACT_LIMIT, CARD_FACTS_LIMIT, CARD_LINE_LIMIT, CARD_LINES_LIMIT, CARD_OBJECTIONS_LIMIT, OBJECTION_ANSWER_LIMIT, OBJECTION_LIMIT, scriptLangs } from './cue-limits.ts';
import { id } from './ids.ts';
import { line } from './text.ts';

/** In which language drafts and templates are wanted. */
export const scriptLangQuery = v.strictObject({ lang: v.optional(v.picklist(scriptLangs), 'zh-CN') });

const fields = {
  /** Three to five, to be taken in at a glance. */
  lines: v.pipe(v.array(line(1, CARD_LINE_LIMIT)), v.minLength(1), v.maxLength(CARD_LINES_LIMIT)),
  /** What has to be said of this product while it is pinned; the price always has to, and is not among them. */
  mustSay: v.pipe(v.array(line(1, CARD_FACT_LIMIT)), v.maxLength(CARD_FACTS_LIMIT)),
  /** What buyers bring up against it, and what to answer. */
  objections: v.pipe(v.array(v.strictObject({ asked: line(1, OBJECTION_LIMIT), answer: line(1, OBJECTION_ANSWER_LIMIT) })), v.maxLength(CARD_OBJECTIONS_LIMIT)),
};

/** `{price}`, `{goods}`, `{origin}`, `{grade}` and `{seller}` stand for what is true when the card is read. */
export const cueCardRequest = v.strictObject(fields);
export type CueCardRequest = v.InferOutput<typeof cueCardRequest>;

export const cueCard = v.object({
  productId: id,
  /** Nobody has written it: made of what is known of the product. */
  isDraft: v.boolean(),
  lines: v.array(v.string()),
  mustSay: v.array(v.string()),
  objections: v.array(v.object({ asked: v.string(), answer: v.string() })),
  /** Null for a draft. */
  changedAt: v.nullable(v.number()),
  changedBy: v.string(),
});
export type CueCard = v.InferOutput<typeof cueCard>;

export const cueCardList = v.object({
  /** One of each product on the shelf, in its order. */
  cards: v.array(cueCard),
  /** Whether the host's page tells how it sounds and looks (`sendReadings`): in rehearsals, and in shows of sellers who have rehearsed. */
  isMeasured: v.boolean(),
});
export type CueCardList = v.InferOutput<typeof cueCardList>;
