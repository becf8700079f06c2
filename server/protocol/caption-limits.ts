// Owns the numbers of captions that a page needs too, without any schema.

/** UTF-16 units of one line. Pages cut what is said into lines that fill two rows on a phone; other software may send longer ones. */
export const CAPTION_LIMIT = 200;
/** Lines of one answer. */
export const CAPTION_PAGE_LIMIT = 200;
/** A line that waited for a network counts as said at most so long ago, ms. */
export const CAPTION_LAG_LIMIT_MS = 10 * 60_000;
