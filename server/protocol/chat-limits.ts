// Owns the numbers of the chat that a page needs too, without any schema.

/** UTF-16 units. Long enough for an address question, short enough to be read while it scrolls by. */
export const MESSAGE_LIMIT = 300;
export const CHAT_NAME_LIMIT = 24;
/** Messages of one answer and of one event. */
export const CHAT_PAGE_LIMIT = 200;
export const BLOCKED_WORD_LIMIT = 500;
