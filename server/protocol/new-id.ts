// Owns the making of identifiers. Apart from their schema, so that a page can make one without carrying schemas.

/** Prefixes tell in a log what an id names; the rest is 120 random bits, so no id can be guessed. */
export type IdPrefix = 'shw' | 'prd' | 'var' | 'pic' | 'ord' | 'sel' | 'per' | 'lnk' | 'ses' | 'cod' | 'vwr' | 'msg' | 'key';

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
