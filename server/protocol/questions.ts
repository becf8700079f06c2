// Owns the shapes of the questions that viewers ask in a show's chat, and of the answers that a seller keeps ready.
import * as v from 'valibot';
import { MESSAGE_LIMIT } from './chat-limits.ts';
import { id } from './ids.ts';
import { READY_ANSWER_LIMIT } from './question-limits.ts';
import { line } from './text.ts';

export { CLOSED_QUESTIONS_LIMIT, OPEN_QUESTIONS_LIMIT, PRIVATE_ASKERS_LIMIT, READY_ANSWER_LIMIT, READY_ANSWERS_LIMIT } from './question-limits.ts';

export const questionStates = ['open', 'answered', 'dismissed'] as const;

/** One question, asked by one or more viewers in much the same words. */
export const question = v.object({
  id,
  /** Counts changes of a show's questions: the greater one is the newer. */
  revision: v.number(),
  /** What it is about: named in the text, else what was pinned in the asker's picture. Null: the show as a whole. */
  productId: v.nullable(id),
  /** As it was asked first. */
  text: v.string(),
  /** Name of who asked first; may be empty. */
  name: v.string(),
  /** How many people ask it; 0 when its messages were taken away. */
  askers: v.number(),
  /** Asked in a private message: the answer is private too. */
  isPrivate: v.boolean(),
  state: v.picklist(questionStates),
  /** Server clock, ms since epoch: asked first, asked last. */
  askedAt: v.number(),
  lastAskedAt: v.number(),
  /** The message by which it was asked last. */
  messageId: id,
  /** The written answer, where there is one. */
  answer: v.nullable(v.object({ id, text: v.string(), isPrivate: v.boolean() })),
});
export type Question = v.InferOutput<typeof question>;

export const questionList = v.object({
  /** All that are open, at most 200 of them, and the newest 30 of the others. */
  questions: v.array(question),
  /** How many are open. */
  open: v.number(),
  /** The newest there is. */
  revision: v.number(),
});
export type QuestionList = v.InferOutput<typeof questionList>;

export const questionPatch = v.strictObject({ state: v.picklist(questionStates) });

export const answerRequest = v.strictObject({
  text: line(1, MESSAGE_LIMIT),
  /** To those who asked alone, each by a message of their own. */
  isPrivate: v.optional(v.boolean(), false),
});

export const readyAnswer = v.object({
  id,
  /** Null: of use for every product. */
  productId: v.nullable(id),
  text: v.string(),
});
export type ReadyAnswer = v.InferOutput<typeof readyAnswer>;

export const readyAnswerRequest = v.strictObject({ productId: v.optional(v.nullable(id), null), text: line(1, READY_ANSWER_LIMIT) });
export const readyAnswerPatch = v.strictObject({ productId: v.optional(v.nullable(id)), text: v.optional(line(1, READY_ANSWER_LIMIT)) });
