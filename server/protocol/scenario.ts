// Owns the shape of a scenario: the file in which a trainer writes what the audience of a rehearsal does. People read and edit it.
import * as v from 'valibot';
import { MESSAGE_LIMIT } from './chat-limits.ts';
import { stage } from './classes.ts';
import type { ScriptLang } from './cue-limits.ts';
import { PLAYED_VIEWERS_MOST, type PlayedAct, questionTopics, SCENARIO_ABOUT_LIMIT, SCENARIO_ACTS_MOST, SCENARIO_MINUTES_MOST, SCENARIO_NAME_LIMIT, SCENARIO_QUESTIONS_MOST } from './scenario-limits.ts';
import { REACTION_BURST_LIMIT } from './stage-limits.ts';
import { line } from './text.ts';

export * from './scenario-limits.ts';

const whole = (min: number, max: number) => v.pipe(v.number(), v.integer(), v.minValue(min), v.maxValue(max));

/** One text for everybody, or one a language. */
const words = (max: number) => v.union([line(1, max), v.strictObject({ en: line(1, max), 'zh-CN': line(1, max) })]);
export type ScenarioWords = string | Record<ScriptLang, string>;

/** From the start of the scenario: minutes and seconds, `2:30`. */
export const scenarioTime = v.pipe(v.string(), v.regex(/^\d{1,3}:[0-5]\d$/, 'minutes and seconds such as 2:30'));

export const likeCount = whole(1, REACTION_BURST_LIMIT);
export const burstCount = whole(1, PLAYED_VIEWERS_MOST);
export const playedQuantity = whole(1, 99);
/** Of the right price. */
export const wrongPercent = whole(1, 900);
export const dropSeconds = whole(3, 120);
export const dropKbps = whole(20, 2_000);
const topic = v.picklist(questionTopics);

/** The parts of each act beside its time; all have a usual value. */
export const actFields = {
  question: { topic: v.optional(topic), text: v.optional(words(MESSAGE_LIMIT)) },
  say: { text: words(MESSAGE_LIMIT) },
  praise: {},
  like: { count: v.optional(likeCount) },
  order: { quantity: v.optional(playedQuantity) },
  haggle: {},
  troll: {},
  join: {},
  leave: {},
  burst: { viewers: v.optional(burstCount) },
  'stock-out': {},
  'wrong-price': { percent: v.optional(wrongPercent) },
  'network-drop': { seconds: v.optional(dropSeconds), kbps: v.optional(dropKbps) },
} as const;

const act = <const K extends PlayedAct, Fields extends v.ObjectEntries>(name: K, fields: Fields) => v.strictObject({ act: v.literal(name), ...fields });

/** A single act that a trainer lets happen now. */
export const actRequest = v.variant('act', [
  act('question', actFields.question),
  act('say', actFields.say),
  act('praise', actFields.praise),
  act('like', actFields.like),
  act('order', actFields.order),
  act('haggle', actFields.haggle),
  act('troll', actFields.troll),
  act('join', actFields.join),
  act('leave', actFields.leave),
  act('burst', actFields.burst),
  act('stock-out', actFields['stock-out']),
  act('wrong-price', actFields['wrong-price']),
  act('network-drop', actFields['network-drop']),
]);
export type ActRequest = v.InferOutput<typeof actRequest>;

const timed = { at: scenarioTime };
/** An act at its time. */
export const timedAct = v.variant('act', [
  act('question', { ...timed, ...actFields.question }),
  act('say', { ...timed, ...actFields.say }),
  act('praise', { ...timed, ...actFields.praise }),
  act('like', { ...timed, ...actFields.like }),
  act('order', { ...timed, ...actFields.order }),
  act('haggle', { ...timed, ...actFields.haggle }),
  act('troll', { ...timed, ...actFields.troll }),
  act('join', { ...timed, ...actFields.join }),
  act('leave', { ...timed, ...actFields.leave }),
  act('burst', { ...timed, ...actFields.burst }),
  act('stock-out', { ...timed, ...actFields['stock-out'] }),
  act('wrong-price', { ...timed, ...actFields['wrong-price'] }),
  act('network-drop', { ...timed, ...actFields['network-drop'] }),
]);
export type TimedAct = v.InferOutput<typeof timedAct>;

const weight = v.optional(whole(0, 1000));

export const scenario = v.strictObject({
  name: words(SCENARIO_NAME_LIMIT),
  /** What is practised. */
  about: v.optional(words(SCENARIO_ABOUT_LIMIT)),
  /** How far the seller has come: speed and difficulty follow it. */
  stage,
  /** The same number lets the same things happen at the same time. */
  seed: v.optional(whole(0, 2 ** 32 - 1)),
  minutes: v.optional(whole(1, SCENARIO_MINUTES_MOST)),
  actsPerMinute: v.optional(whole(0, 60)),
  /** People in the room at the start, and at the end of a room that fills. */
  viewers: v.optional(v.strictObject({ start: whole(0, PLAYED_VIEWERS_MOST), end: whole(0, PLAYED_VIEWERS_MOST) })),
  mix: v.optional(
    v.strictObject({ question: weight, praise: weight, like: weight, order: weight, haggle: weight, troll: weight, join: weight, leave: weight }),
  ),
  topics: v.optional(v.pipe(v.array(topic), v.minLength(1), v.maxLength(questionTopics.length))),
  /** Asked in place of those that the server knows. */
  questions: v.optional(v.pipe(v.array(words(MESSAGE_LIMIT)), v.minLength(1), v.maxLength(SCENARIO_QUESTIONS_MOST))),
  acts: v.optional(v.pipe(v.array(timedAct), v.maxLength(SCENARIO_ACTS_MOST))),
});
export type Scenario = v.InferOutput<typeof scenario>;
