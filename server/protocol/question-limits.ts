// Owns the numbers of questions and ready answers that a page needs too, without any schema.

/** Open questions of one answer and of one event: nobody reads more, and the newest are what people wait for. */
export const OPEN_QUESTIONS_LIMIT = 200;
/** Answered and dismissed ones that are still at hand, for undo. */
export const CLOSED_QUESTIONS_LIMIT = 30;
/** A private answer goes to everyone who asked; to more than this, answer in public. */
export const PRIVATE_ASKERS_LIMIT = 20;
/** UTF-16 units. A ready answer has to fit into a message. */
export const READY_ANSWER_LIMIT = 200;
/** General ready answers of a seller, and those of one product. */
export const READY_ANSWERS_LIMIT = 40;
