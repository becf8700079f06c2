// Owns the shape of identifiers. Nothing else knows how long or from which alphabet they are.
import * as v from 'valibot';

export { type IdPrefix, isPlayed, newId, playedIdentity } from './new-id.ts';

/** Any identifier a client may send: 3-64 letters, digits, `_` or `-`. Foreign or unknown ids fail later, as not found. */
export const id = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{3,64}$/, 'not an id'));

/** `Idempotency-Key`: 8-128 printable signs without spaces. */
export const idempotencyKey = v.pipe(v.string(), v.regex(/^[\x21-\x7e]{8,128}$/, 'not an idempotency key'));
