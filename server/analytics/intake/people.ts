// Owns by what a person is known in figures: a keyed hash for each show, so that nobody is followed from show to show unless they agreed.
import { createHmac } from 'node:crypto';

export class People {
  readonly #key: Uint8Array;

  /** @param key of this purpose alone */
  constructor(key: Uint8Array) {
    this.#key = key;
  }

  inShow(showId: string, identity: string): string {
    return this.#hash('show', showId, identity);
  }

  across(identity: string): string {
    return this.#hash('across', identity);
  }

  #hash(...parts: string[]): string {
    return createHmac('sha256', this.#key).update(parts.join('\n')).digest('base64url').slice(0, 16);
  }
}
