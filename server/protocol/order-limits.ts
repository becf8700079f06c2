// Owns the limits of one order. Apart from its schemas, so that a cart can hold to them without carrying those.

/** Lines of one order. */
export const ORDER_LINE_LIMIT = 50;
/** Pieces of one line. */
export const QUANTITY_LIMIT = 999;
