// Owns the shapes of an audience that is played in a rehearsal: the scenarios there are, and how the one that runs stands.
import * as v from 'valibot';
import { stage } from './classes.ts';
import { scriptLangs } from './cue-limits.ts';
import { id } from './ids.ts';
import { playedActs, playedSpeeds } from './scenario-limits.ts';

const lang = v.picklist(scriptLangs);
const words = v.object({ en: v.string(), 'zh-CN': v.string() });

export const scenarioSummary = v.object({
  id,
  name: words,
  about: words,
  stage,
  minutes: v.number(),
  /** Acts of all kinds. */
  acts: v.number(),
  /** Most people in the room. */
  viewers: v.number(),
  /** Comes with the server; others were brought by trainers. */
  isReadyMade: v.boolean(),
  /** Whether the caller may take it away. */
  isOwn: v.boolean(),
});
export type ScenarioSummary = v.InferOutput<typeof scenarioSummary>;

const speed = v.picklist(playedSpeeds);

/** `PUT /api/v1/rehearsals/{showId}/audience`: another run that goes on is stopped. */
export const playRequest = v.strictObject({
  scenarioId: id,
  language: v.optional(lang, 'zh-CN'),
  speed: v.optional(speed, 1),
  /** In place of the scenario's own. */
  seed: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2 ** 32 - 1))),
});

export const playPatch = v.strictObject({ isPaused: v.optional(v.boolean()), speed: v.optional(speed) });

/** Kept of a run for the trainer's eyes, newest first. */
export const PLAYED_LOG_LIMIT = 30;

export const playedEntry = v.object({
  /** Grows by one with every act of a run. */
  number: v.number(),
  /** ms since epoch. */
  at: v.number(),
  act: v.picklist(playedActs),
  /** Who it was; empty where it was nobody. */
  name: v.string(),
  /** What was said. */
  text: v.string(),
  /** Of the product it was about; empty without one. */
  product: v.string(),
  /** Likes, pieces of an order, people of a burst, percent of a price, seconds of a narrow line; null of anything else. */
  amount: v.nullable(v.number()),
  /** By a trainer's hand and not by the scenario. */
  isByHand: v.boolean(),
  /** Why it did not come to pass: an error code; null when it did. */
  refusal: v.nullable(v.string()),
});
export type PlayedEntry = v.InferOutput<typeof playedEntry>;

export const playedRun = v.object({
  id,
  /** Null: acts by hand alone. */
  scenario: v.nullable(v.object({ id, name: words })),
  language: lang,
  seed: v.number(),
  speed: v.number(),
  /** `waiting`: the show is not on the air. */
  state: v.picklist(['playing', 'waiting', 'paused', 'ended']),
  /** Why it ended; null while it goes on. `restarted`: the scenario could not be taken up again. */
  endedBy: v.nullable(v.picklist(['done', 'stopped', 'show-over', 'restarted'])),
  elapsedMs: v.number(),
  durationMs: v.number(),
  /** Acts of the scenario so far, and all of them. */
  played: v.number(),
  acts: v.number(),
  /** Played people in the room. */
  viewers: v.number(),
  /** What comes next, and when on the scenario's clock. */
  next: v.nullable(v.object({ atMs: v.number(), act: v.picklist(playedActs) })),
  /** Until when the host's line is narrow, ms since epoch. */
  dropUntil: v.nullable(v.number()),
  log: v.array(playedEntry),
});
export type PlayedRun = v.InferOutput<typeof playedRun>;

/** Null: nobody is played in this show, and nobody was. */
export const playedAudience = v.object({ run: v.nullable(playedRun) });
