// Owns the numbers and kinds of reactions, polls and announcements that a page needs too, without any schema.

export const reactionKinds = ['heart', 'thumb'] as const;
export type ReactionKind = (typeof reactionKinds)[number];
/** Taps of one kind that one command may bring; a page sends one command a second at most. */
export const REACTION_BURST_LIMIT = 20;

/** UTF-16 units. */
export const POLL_QUESTION_LIMIT = 60;
export const POLL_OPTION_LIMIT = 24;
export const POLL_OPTIONS_MOST = 4;
export const POLL_SECONDS_MOST = 3_600;
/** One line, two on a small phone. UTF-16 units. */
export const ANNOUNCEMENT_LIMIT = 60;
export const ANNOUNCEMENT_MINUTES_MOST = 600;
