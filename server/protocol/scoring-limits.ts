// Owns the numbers and kinds of scoring that a page needs too, without any schema.

export const RUBRIC_CRITERIA_LIMIT = 20;
/** Of one trainer. */
export const RUBRICS_LIMIT = 30;
/** Of one show: twenty criteria, each marked every three minutes of an hour. */
export const MARKS_LIMIT = 400;
export const marksGiven = [1, 2, 3, 4, 5] as const;
export type MarkGiven = (typeof marksGiven)[number];
/** UTF-16 units. */
export const CRITERION_LIMIT = 60;
export const CRITERION_HINT_LIMIT = 160;
export const MARK_NOTE_LIMIT = 500;
export const SHEET_WORDS_LIMIT = 1_000;

/** How the picture was lit, and whether what is shown stands in its middle. */
export const lights = ['good', 'dark', 'bright', 'backlit'] as const;
export type Light = (typeof lights)[number];
export const framings = ['good', 'blurred', 'off-centre', 'empty'] as const;
export type Framing = (typeof framings)[number];

/** Seconds of sound in one report of the host's page. */
export const READING_SECONDS_LIMIT = 60;
export const PRICES_SAID_LIMIT = 20;
