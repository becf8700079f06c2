// Owns the shapes of what a room has beside picture and chat: reactions, a poll, an announcement.
import * as v from 'valibot';
import { id } from './ids.ts';
import { ANNOUNCEMENT_LIMIT, ANNOUNCEMENT_MINUTES_MOST, POLL_OPTION_LIMIT, POLL_OPTIONS_MOST, POLL_QUESTION_LIMIT, POLL_SECONDS_MOST, REACTION_BURST_LIMIT, reactionKinds } from './stage-limits.ts';
import { line } from './text.ts';

export * from './stage-limits.ts';

export const reactionKind = v.picklist(reactionKinds);
export const reactionCount = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(REACTION_BURST_LIMIT));
/** How many of each kind. */
export const reactionCounts = v.object({ heart: v.number(), thumb: v.number() });
export type ReactionCounts = v.InferOutput<typeof reactionCounts>;

export const pollStates = ['open', 'closed', 'withdrawn'] as const;
export const poll = v.object({
  id,
  /** Grows with every vote and every change: of two views the one with the larger is newer. */
  revision: v.number(),
  question: v.string(),
  options: v.array(v.object({ text: v.string(), votes: v.number() })),
  /** All votes; one an identity. */
  votes: v.number(),
  /** `withdrawn`: it was started by mistake, and is shown to staff only. */
  state: v.picklist(pollStates),
  openedAt: v.number(),
  /** Server clock when it closes by itself, ms since epoch. */
  closesAt: v.nullable(v.number()),
  closedAt: v.nullable(v.number()),
});
export type Poll = v.InferOutput<typeof poll>;

export const pollRequest = v.strictObject({
  question: line(1, POLL_QUESTION_LIMIT),
  options: v.pipe(v.array(line(1, POLL_OPTION_LIMIT)), v.minLength(2), v.maxLength(POLL_OPTIONS_MOST)),
  /** It closes by itself after so long; by hand without. */
  seconds: v.optional(v.pipe(v.number(), v.integer(), v.minValue(5), v.maxValue(POLL_SECONDS_MOST))),
});
export const pollPatch = v.strictObject({ state: v.picklist(pollStates) });
/** Index of an answer. */
export const pollVote = v.strictObject({ option: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(POLL_OPTIONS_MOST - 1)) });

export const announcement = v.object({
  id,
  text: v.string(),
  at: v.number(),
  /** Server clock when it goes by itself, ms since epoch; null: when it is taken away. */
  endsAt: v.nullable(v.number()),
});
export type Announcement = v.InferOutput<typeof announcement>;

export const announcementRequest = v.strictObject({
  text: line(1, ANNOUNCEMENT_LIMIT),
  minutes: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(ANNOUNCEMENT_MINUTES_MOST))),
});

export const stage = v.object({
  /** Of the whole show. */
  reactions: reactionCounts,
  /** The poll that is open, or was closed within the last minute. */
  poll: v.nullable(poll),
  /** What the caller has answered to it. */
  ownOption: v.nullable(v.number()),
  announcement: v.nullable(announcement),
});
export type Stage = v.InferOutput<typeof stage>;

/** Who came and who bought since the last notice, by names like `L**`; an empty name is somebody who gave none. */
export const notices = v.object({
  /** `names` are some of the `count`. */
  joined: v.object({ count: v.number(), names: v.array(v.string()) }),
  bought: v.array(v.object({ name: v.string(), product: v.string(), quantity: v.number() })),
  /** Orders besides those in `bought`. */
  moreOrders: v.number(),
});
export type Notices = v.InferOutput<typeof notices>;
