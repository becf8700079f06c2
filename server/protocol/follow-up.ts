// Owns the shapes of what comes after a class: visits, the seller's own numbers since, and who is still on the air.
import * as v from 'valibot';
import { id } from './ids.ts';
import { currency } from './money.ts';
import { text, timestampMs } from './text.ts';

/** Weeks after the last meeting in which a trainee is visited. */
export const visitWeeks = [1, 2, 4, 8] as const;
export type VisitWeek = (typeof visitWeeks)[number];
/** Days after the last meeting on which it is counted who still streams. */
export const stillDays = [30, 90] as const;
/** Still on the air on a day: held a show in so many days up to it. */
export const STILL_WINDOW_DAYS = 30;

/** `week` of a path. */
export const visitWeek = v.pipe(v.picklist(['1', '2', '4', '8']), v.transform((week) => Number(week) as VisitWeek));

export const visitStates = ['planned', 'done', 'missed'] as const;
export type VisitState = (typeof visitStates)[number];
/** `plannedAt` moves it; null: back to its week. */
export const visitPatch = v.strictObject({
  state: v.optional(v.picklist(visitStates)),
  note: v.optional(text(0, 4000)),
  plannedAt: v.optional(v.nullable(timestampMs)),
});
export type VisitPatch = v.InferOutput<typeof visitPatch>;

export const visit = v.object({
  week: v.picklist(visitWeeks),
  plannedAt: v.number(),
  isMoved: v.boolean(),
  state: v.picklist(visitStates),
  /** When it was marked; null while it is planned. */
  markedAt: v.nullable(v.number()),
  byName: v.string(),
  note: v.string(),
});
export type Visit = v.InferOutput<typeof visit>;

/** A share with what it is of; `streaming` is null before the day has come. `unknown` of them are connected with no shows. */
export const stillShare = v.object({ day: v.picklist(stillDays), streaming: v.nullable(v.number()), of: v.number(), unknown: v.number() });
export type StillShare = v.InferOutput<typeof stillShare>;

/** What a seller did since the class, out of the same figures that they see themselves. */
export const ownNumbers = v.object({
  currency,
  shows: v.number(),
  onAirSeconds: v.number(),
  viewers: v.number(),
  orders: v.number(),
  placedMinor: v.number(),
  keptMinor: v.number(),
  /** The newest first, 20 at most. */
  last: v.array(v.object({ showId: id, title: v.string(), startedAt: v.number(), onAirSeconds: v.number(), viewers: v.number(), orders: v.number(), placedMinor: v.number() })),
});
export type OwnNumbers = v.InferOutput<typeof ownNumbers>;

export const followedTrainee = v.object({
  id,
  name: v.string(),
  phone: v.string(),
  home: v.string(),
  visits: v.array(visit),
  /** The newest show since the class; null: none, or nobody knows which are theirs. */
  lastShowAt: v.nullable(v.number()),
  isHostKnown: v.boolean(),
  /** Null where they have not agreed, or nobody knows which shows are theirs. */
  numbers: v.nullable(ownNumbers),
  /** In the order of `stillDays`; null before that day. */
  isStreaming: v.array(v.nullable(v.boolean())),
});
export type FollowedTrainee = v.InferOutput<typeof followedTrainee>;

export const classFollowUp = v.object({ classId: id, title: v.string(), endsAt: v.number(), serverTime: v.number(), shares: v.array(stillShare), people: v.array(followedTrainee) });
export type ClassFollowUp = v.InferOutput<typeof classFollowUp>;

/** A visit that is due, or will be within a week. */
export const dueVisit = v.object({ classId: id, classTitle: v.string(), traineeId: id, name: v.string(), phone: v.string(), home: v.string(), week: v.picklist(visitWeeks), plannedAt: v.number(), isLate: v.boolean() });
export type DueVisit = v.InferOutput<typeof dueVisit>;

export const followUp = v.object({
  serverTime: v.number(),
  /** The longest due first. */
  visits: v.array(dueVisit),
  /** Newest first. */
  classes: v.array(v.object({ classId: id, title: v.string(), endsAt: v.number(), trainers: v.array(v.string()), visitsDone: v.number(), visitsMissed: v.number(), shares: v.array(stillShare) })),
  /** By name; sums over their classes. */
  trainers: v.array(v.object({ name: v.string(), classes: v.number(), trainees: v.number(), visitsDone: v.number(), shares: v.array(stillShare) })),
});
export type FollowUp = v.InferOutput<typeof followUp>;
