// Owns the making of identifiers. Apart from their schema, so that a page can make one without carrying schemas.

/** Prefixes tell in a log what an id names; the rest is 120 random bits, so no id can be guessed. */
export type IdPrefix = 'shw' | 'prd' | 'var' | 'pic' | 'ord' | 'sel' | 'per' | 'lnk' | 'ses' | 'cod' | 'vwr' | 'msg' | 'qst' | 'rdy' | 'cap' | 'pol' | 'ann' | 'key' | 'psh' | 'ref' | 'pbl' | 'bat' | 'imp' | 'cur' | 'csh' | 'pro' | 'wai' | 'lot' | 'cue' | 'nte' | 'cls' | 'mtg' | 'trn' | 'tsk' | 'mat' | 'cer' | 'scn' | 'run' | 'scr' | 'rub' | 'crt' | 'mrk';

// Both runtimes have it; neither's type library is loaded here.
declare const crypto: { getRandomValues(array: Uint8Array): Uint8Array };

const ALPHABET = 'abcdefghijkmnpqrstuvwxyz23456789'; // 32 signs; no l, o, 0, 1: ids are read out over the phone

const SIGNS = 24;
// Random bytes for 64 ids at a time: each call for some is a job of the system, and every call of an unknown viewer makes an id.
const pool = new Uint8Array(64 * SIGNS);
let taken = pool.length;

/** Begins the identity of somebody who is played in a rehearsal; no device is ever given one like it. */
const PLAYED = 'ply_';

export function playedIdentity(runId: string, viewer: number): string {
  return `${PLAYED}${runId.slice(runId.indexOf('_') + 1)}_${viewer}`;
}

/** Whether somebody is no person: what they do is marked `isSynthetic` wherever it is shown. */
export function isPlayed(identity: string): boolean {
  return identity.startsWith(PLAYED);
}

/** Makes `prefix_` + 24 signs (120 bits). Runs in browser and server, also where `crypto.randomUUID` is missing (plain http). */
export function newId(prefix: IdPrefix): string {
  if (taken === pool.length) {
    crypto.getRandomValues(pool);
    taken = 0;
  }
  let id = '';
  for (const byte of pool.subarray(taken, taken + SIGNS)) id += ALPHABET[byte & 31];
  // An id may be a secret; nothing keeps what it was made of.
  pool.fill(0, taken, taken + SIGNS);
  taken += SIGNS;
  return `${prefix}_${id}`;
}
