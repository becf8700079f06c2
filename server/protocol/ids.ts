// Owns the shape and the making of identifiers. Nothing else knows how long or from which alphabet they are.
import * as v from 'valibot';

/** Prefixes tell in a log what an id names; the rest is 120 random bits, so no id can be guessed. */
export type IdPrefix = 'shw' | 'prd' | 'var' | 'pic' | 'ord' | 'sel' | 'per' | 'lnk' | 'ses' | 'vwr' | 'key';

// Both runtimes have it; neither's type library is loaded here.
declare const crypto: { getRandomValues(array: Uint8Array): Uint8Array };

const ALPHABET = 'abcdefghijkmnpqrstuvwxyz23456789'; // 32 signs; no l, o, 0, 1: ids are read out over the phone

/** Makes `prefix_` + 24 signs (120 bits). Runs in browser and server, also where `crypto.randomUUID` is missing (plain http). */
export function newId(prefix: IdPrefix): string {
  const bytes = crypto.getRandomValues(new Uint8Array(24));
  let id = '';
  for (const byte of bytes) id += ALPHABET[byte & 31];
  return `${prefix}_${id}`;
}

/** Any identifier a client may send: 3-64 letters, digits, `_` or `-`. Foreign or unknown ids fail later, as not found. */
export const id = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{3,64}$/, 'not an id'));

/** `Idempotency-Key`: 8-128 printable signs without spaces. */
export const idempotencyKey = v.pipe(v.string(), v.regex(/^[\x21-\x7e]{8,128}$/, 'not an idempotency key'));
