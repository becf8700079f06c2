// Owns the shapes of a show's gate: who may watch it, the codes that let people in, and whether lists show it.
import * as v from 'valibot';
import { id } from './ids.ts';

/** One-time codes that one call makes. */
export const CODE_BATCH_LIMIT = 200;
/** One-time codes that a show keeps, used and revoked ones included. */
export const CODES_LIMIT = 2_000;
export const ORIGINS_LIMIT = 20;

/**
 * What somebody types becomes the code as it is compared: full-width letters of a Chinese keyboard are plain ones, small letters are
 * large ones, spaces and hyphens do not count.
 */
export function plainCode(typed: string): string {
  return typed.normalize('NFKC').replace(/[\s\u2010-\u2015-]/g, '').toUpperCase();
}

/** A code as typed; arrives at the handler as {@link plainCode}: 6 to 32 letters and digits of any script. */
export const typedCode = v.pipe(v.string(), v.maxLength(80), v.transform(plainCode), v.regex(/^[\p{L}\p{N}]{6,32}$/u, '6 to 32 letters or digits'));

/** Scheme and host of a page, as browsers send it in `Origin`: `https://shop.example.org`. */
export const pageOrigin = v.pipe(v.string(), v.maxLength(200), v.regex(/^https?:\/\/[a-z0-9.-]+(:\d{1,5})?$/, 'an origin such as https://shop.example.org'));

/** How the gate of a show stands, for its staff. The code itself is kept as a hash and never told. */
export const gate = v.object({
  /** Whether viewers need a code, the general one or a one-time one. */
  needsCode: v.boolean(),
  /** Whether there is a general code; without it only one-time codes let in. */
  hasCode: v.boolean(),
  /** Sites whose pages may embed the show; empty: all. Pages of the server itself may always. */
  origins: v.array(v.string()),
  /** Left out of lists; whoever has the link still finds it. */
  isHidden: v.boolean(),
  /** Devices that are let in now. */
  admitted: v.number(),
  codes: v.object({ unused: v.number(), used: v.number(), revoked: v.number() }),
});
export type Gate = v.InferOutput<typeof gate>;

/** Fields that are left out stay as they are. */
export const gateChange = v.strictObject({
  needsCode: v.optional(v.boolean()),
  /** A new general code; null: one-time codes only. */
  code: v.optional(v.nullable(typedCode)),
  origins: v.optional(v.pipe(v.array(pageOrigin), v.maxLength(ORIGINS_LIMIT))),
  isHidden: v.optional(v.boolean()),
  /** Ends every admission: everybody has to enter a code again. */
  signOutEveryone: v.optional(v.boolean(), false),
});
export type GateChange = v.InferOutput<typeof gateChange>;

export const codesRequest = v.strictObject({ count: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(CODE_BATCH_LIMIT)) });

/** A one-time code as it is made. It is told this once. */
export const freshCode = v.object({ id, number: v.number(), code: v.string() });
export type FreshCode = v.InferOutput<typeof freshCode>;

/** A one-time code for the list: `number` is what is printed beside it. */
export const codeSummary = v.object({
  id,
  /** Counts up from 1 within a show. */
  number: v.number(),
  createdAt: v.number(),
  usedAt: v.nullable(v.number()),
  revokedAt: v.nullable(v.number()),
});
export type CodeSummary = v.InferOutput<typeof codeSummary>;

export const admissionRequest = v.strictObject({ code: typedCode });
export const admission = v.object({
  /** Identity of this device from now on; null when it came with a token. */
  viewerToken: v.nullable(v.string()),
});
export type Admission = v.InferOutput<typeof admission>;
