// Owns the shapes of scoring: rubrics, a trainer's sheet with marks on the recording, and what is worked out from data beside it.
import * as v from 'valibot';
import { scriptLangs } from './cue-limits.ts';
import { id } from './ids.ts';
import {
  CRITERION_HINT_LIMIT, CRITERION_LIMIT, framings, lights, MARK_NOTE_LIMIT, marksGiven, PRICES_SAID_LIMIT, READING_SECONDS_LIMIT, RUBRIC_CRITERIA_LIMIT, SHEET_WORDS_LIMIT,
} from './scoring-limits.ts';
import { showKinds } from './show.ts';
import { line, text } from './text.ts';

export const criterion = v.object({ id, title: v.string(), hint: v.string() });
export type Criterion = v.InferOutput<typeof criterion>;

/** With `id`: that criterion, and its marks stay. Without: a new one. */
const criterionRequest = v.strictObject({ id: v.optional(id), title: line(1, CRITERION_LIMIT), hint: v.optional(line(0, CRITERION_HINT_LIMIT), '') });
const criteriaRequest = v.pipe(
  v.array(criterionRequest),
  v.minLength(1),
  v.maxLength(RUBRIC_CRITERIA_LIMIT),
  v.check((list) => new Set(list.map((each, index) => each.id ?? index)).size === list.length, 'has a criterion twice'),
);
export type CriteriaRequest = v.InferOutput<typeof criteriaRequest>;

export const rubric = v.object({
  id,
  title: v.string(),
  criteria: v.array(criterion),
  /** Comes with the server: to be copied, not changed. */
  isUsual: v.boolean(),
  /** Whether who asks may change it. */
  isMine: v.boolean(),
});
export type Rubric = v.InferOutput<typeof rubric>;
export const rubricRequest = v.strictObject({ title: line(1, CRITERION_LIMIT), criteria: criteriaRequest });
export type RubricRequest = v.InferOutput<typeof rubricRequest>;

const markGiven = v.picklist(marksGiven);
const replayMs = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(48 * 3600_000));

export const mark = v.object({
  id,
  criterionId: id,
  mark: markGiven,
  note: v.string(),
  /** Server clock of what was marked. */
  at: v.number(),
  /** The same in the replay; null where nothing is recorded of it. */
  replayMs: v.nullable(v.number()),
  byName: v.string(),
});
export type Mark = v.InferOutput<typeof mark>;

/** Where in the replay it is for; without it, for this moment of a show that is on, or for its end. */
export const markRequest = v.strictObject({ criterionId: id, mark: markGiven, note: v.optional(text(0, MARK_NOTE_LIMIT), ''), replayMs: v.optional(replayMs) });
export type MarkRequest = v.InferOutput<typeof markRequest>;
export const markPatch = v.strictObject({ mark: v.optional(markGiven), note: v.optional(text(0, MARK_NOTE_LIMIT)) });

/** Means of several marks, to a tenth; null without any. */
export const score = v.object({ mean: v.nullable(v.number()), criteria: v.array(v.object({ criterionId: id, title: v.string(), mean: v.nullable(v.number()), marks: v.number() })) });
export type Score = v.InferOutput<typeof score>;

export const scoreSheet = v.object({
  showId: id,
  title: v.string(),
  hostName: v.string(),
  kind: v.picklist(showKinds),
  startedAt: v.nullable(v.number()),
  criteria: v.array(criterion),
  /** In the order of time. */
  marks: v.array(mark),
  /** What went well, and the one thing for the next time, in the trainer's words. */
  good: v.string(),
  next: v.string(),
  score,
  /** The host may read it since then; null: trainers alone. */
  sharedAt: v.nullable(v.number()),
});
export type ScoreSheet = v.InferOutput<typeof scoreSheet>;

/** Only what is given changes. A criterion that is left out of `criteria` takes its marks along. */
export const sheetPatch = v.strictObject({
  criteria: v.optional(criteriaRequest),
  good: v.optional(text(0, SHEET_WORDS_LIMIT)),
  next: v.optional(text(0, SHEET_WORDS_LIMIT)),
  isShared: v.optional(v.boolean()),
});
export type SheetPatch = v.InferOutput<typeof sheetPatch>;

export const rubricQuery = v.strictObject({ lang: v.optional(v.picklist(scriptLangs), 'zh-CN') });

/** A moment of the recording. */
const moment = { at: v.number(), replayMs: v.nullable(v.number()) };

export const practiceFigures = v.object({
  /** On the air, s. */
  seconds: v.number(),
  /** From the sound of the host's page; null where it told nothing. */
  speech: v.nullable(
    v.object({
      measuredSeconds: v.number(),
      silentSeconds: v.number(),
      /** Longer than one waits: nobody spoke for at least 8 s. The longest first, at most 20. */
      deadAir: v.array(v.object({ ...moment, seconds: v.number() })),
    }),
  ),
  /** Each time a product was the main pin for 5 s and more, in the order of time. */
  pins: v.array(
    v.object({
      ...moment,
      productId: id,
      name: v.string(),
      seconds: v.number(),
      /** Seconds after the pin when the price was said first; null where it was not, or nobody listened. */
      priceSaidAfter: v.nullable(v.number()),
      /** Whether anything listened for it: captions, or the cue card. */
      isHeard: v.boolean(),
    }),
  ),
  questions: v.object({ asked: v.number(), answered: v.number(), answeredPerMinute: v.nullable(v.number()) }),
  /** Shares of the looks at the picture, 0 to 1; null where there were none. */
  picture: v.nullable(v.object({ looks: v.number(), light: v.object(v.entriesFromList(lights, v.number())), framing: v.object(v.entriesFromList(framings, v.number())) })),
});
export type PracticeFigures = v.InferOutput<typeof practiceFigures>;

/** One show as it stands beside others. */
export const practiceRow = v.object({ showId: id, title: v.string(), kind: v.picklist(showKinds), startedAt: v.number(), mean: v.nullable(v.number()), figures: practiceFigures });
export type PracticeRow = v.InferOutput<typeof practiceRow>;

export const practiceReport = v.object({
  figures: practiceFigures,
  /** The host's last rehearsals before this show and their first real shows, in the order of time. */
  beside: v.array(practiceRow),
});
export type PracticeReport = v.InferOutput<typeof practiceReport>;

/**
 * What the host's page measured: one level a second, the newest last, 0 (nothing) to 100 (as loud as can be), −60 dBFS and less being 0.
 * Times are told backwards from the call, because clocks of phones are wrong.
 */
export const readings = v.strictObject({
  levels: v.pipe(v.array(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(100))), v.maxLength(READING_SECONDS_LIMIT)),
  picture: v.optional(v.strictObject({ light: v.picklist(lights), framing: v.picklist(framings) })),
  /** Something on that page listens for prices, so that one which is not told was not said. */
  isListening: v.optional(v.boolean(), false),
  /** The host was heard to say the price of a product, or ticked it on the card. */
  pricesSaid: v.optional(v.pipe(v.array(v.strictObject({ productId: id, secondsAgo: v.pipe(v.number(), v.minValue(0), v.maxValue(READING_SECONDS_LIMIT)) })), v.maxLength(PRICES_SAID_LIMIT)), []),
});
export type Readings = v.InferOutput<typeof readings>;
