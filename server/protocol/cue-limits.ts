// Owns the numbers and kinds of cue cards and scripts that a page needs too, without any schema.

/** What a line may name in braces, as `{price}`: it stands for what is true of the product when the line is read. */
export const cueWords = ['price', 'goods', 'origin', 'grade', 'seller'] as const;
export type CueWord = (typeof cueWords)[number];

/** More than five lines are not read at a glance. */
export const CARD_LINES_LIMIT = 5;
export const CARD_FACTS_LIMIT = 6;
export const CARD_OBJECTIONS_LIMIT = 6;
/** UTF-16 units. */
export const CARD_LINE_LIMIT = 80;
export const CARD_FACT_LIMIT = 60;
export const OBJECTION_LIMIT = 80;
export const OBJECTION_ANSWER_LIMIT = 200;

/** What a part of a show is for; templates have all but `other`, in this order. */
export const scriptParts = ['opening', 'origin', 'demonstration', 'grade', 'price', 'delivery', 'objections', 'closing', 'other'] as const;
export type ScriptPart = (typeof scriptParts)[number];

/** Kinds of farm goods that there are words for. */
export const goodsKinds = ['fruit', 'vegetables', 'grain', 'tea', 'honey', 'eggs-meat', 'dried', 'general'] as const;
export type GoodsKind = (typeof goodsKinds)[number];

export const scriptLangs = ['zh-CN', 'en'] as const;
export type ScriptLang = (typeof scriptLangs)[number];

export const SCRIPT_TITLE_LIMIT = 60;
export const SCRIPT_STEPS_LIMIT = 60;
export const SCRIPT_LINES_LIMIT = 8;
export const SCRIPT_LINE_LIMIT = 200;
export const SCRIPT_SECONDS_LEAST = 5;
export const SCRIPT_SECONDS_MOST = 3_600;
/** Of one seller. */
export const SCRIPTS_LIMIT = 30;
/** Of one script; the oldest go. */
export const SCRIPT_VERSIONS_LIMIT = 20;
