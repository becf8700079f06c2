// Owns the shapes of lucky draws: the prize, how to take part, what everybody can check, and what only a winner and the staff see.
import * as v from 'valibot';
import { buyer } from './order.ts';
import { promotionFields } from './promotion-shape.ts';
import { line } from './text.ts';

export const DRAW_PRIZES_MOST = 50;
export const DRAW_SECONDS_LEAST = 30;
export const DRAW_SECONDS_MOST = 3_600;
export const DRAW_WORD_LIMIT = 20;

/** 8 letters and digits, made up for one person in one draw. */
export const drawEntry = v.pipe(v.string(), v.regex(/^[a-z2-9]{8}$/, 'not an entry'));
const hex = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));

export const draw = v.object({
  kind: v.literal('draw'),
  /** `title` is the prize. */
  ...promotionFields,
  prizes: v.number(),
  /** By a tap, or by writing a word in the chat. Nobody needs to buy. */
  entry: v.picklist(['tap', 'word']),
  /** What to write; null where a tap is enough. */
  word: v.nullable(v.string()),
  /** Only for those who follow the seller. */
  followersOnly: v.boolean(),
  /** How many take part. */
  entries: v.number(),
  /** SHA-256 of the seed, told from the beginning. */
  commitment: hex,
  /** Told when it is drawn: with it and the list of entries everybody comes to the same winners (server/protocol/fair-draw.ts). */
  seed: v.nullable(hex),
  /** Entries that won, the first prize first; none before it is drawn, nor in one that was called off. */
  winners: v.array(drawEntry),
  /** Null: not yet, or called off. */
  drawnAt: v.nullable(v.number()),
});
export type Draw = v.InferOutput<typeof draw>;

export const drawRequest = v.pipe(
  v.strictObject({
    /** The prize. */
    title: line(1, 60),
    prizes: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(DRAW_PRIZES_MOST)),
    entry: v.picklist(['tap', 'word']),
    word: v.optional(line(1, DRAW_WORD_LIMIT)),
    followersOnly: v.optional(v.boolean(), false),
    seconds: v.pipe(v.number(), v.integer(), v.minValue(DRAW_SECONDS_LEAST), v.maxValue(DRAW_SECONDS_MOST)),
  }),
  v.check(({ entry, word }) => (entry === 'word') === (word !== undefined && /[\p{L}\p{N}]/u.test(word)), 'a word goes with `entry: "word"`, and has a letter or a digit'),
);
export type DrawRequest = v.InferOutput<typeof drawRequest>;

/** All that is needed to check a draw: entries in the order in which they were taken. */
export const drawRecord = v.object({ draw, entries: v.array(drawEntry) });
export type DrawRecord = v.InferOutput<typeof drawRecord>;

/** What a viewer has in one draw. */
export const ownEntry = v.object({
  draw,
  entry: drawEntry,
  /** Which prize, from 0; null: none, or not drawn yet. */
  place: v.nullable(v.number()),
  /** Where the prize goes, as the winner left it; null: not yet. */
  prizeTo: v.nullable(buyer),
  /** When the seller sent it; null: not yet. */
  sentAt: v.nullable(v.number()),
});
export type OwnEntry = v.InferOutput<typeof ownEntry>;

/** A winner as the staff see them; `prizeTo` is null while they have left nothing. Helpers get the phone number masked. */
export const drawWinner = v.object({
  place: v.number(),
  entry: drawEntry,
  prizeTo: v.nullable(v.object({ name: v.string(), phone: v.string(), address: v.string() })),
  leftAt: v.nullable(v.number()),
  /** When the staff noted that it is sent or handed over; null: not yet. */
  sentAt: v.nullable(v.number()),
});
export type DrawWinner = v.InferOutput<typeof drawWinner>;
