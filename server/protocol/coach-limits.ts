// Owns the numbers and kinds of what a coach sends and writes that a page needs too, without any schema.

/** What a coach says so often that it is one tap; pages have the words, large and with a sign. */
export const cuePresets = ['good', 'smile', 'camera', 'louder', 'slower', 'closer', 'price', 'chat', 'pin', 'wrap-up'] as const;
export type CuePreset = (typeof cuePresets)[number];
/** Read in a glance while talking. UTF-16 units. */
export const CUE_LIMIT = 60;
/** Cues that a host who was away finds, newest first. */
export const CUES_KEPT = 10;
/** UTF-16 units. */
export const NOTE_LIMIT = 1_000;
/** Of all coaches in one show. */
export const NOTES_MOST = 500;
/** Pictures beside each other in the console. */
export const CLASS_MOST = 12;
