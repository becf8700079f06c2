// Owns addresses for large downloads: a browser's download sends no token, so staff exchange theirs for an address of its own.
import { randomBytes } from 'node:crypto';
import type { Clock } from '../../platform/clock.ts';

const VALID_MS = 15 * 60_000;
/** More at a time nobody needs; the oldest then ends early. */
const MOST = 1_000;

export class Downloads {
  readonly #clock: Clock;
  readonly #tickets = new Map<string, { showId: string; expiresAt: number }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** A secret for the address of one show's download; it may be used again while it holds, for a download that broke off. */
  open(showId: string): { ticket: string; expiresAt: number } {
    const now = this.#clock.now();
    for (const [ticket, { expiresAt }] of this.#tickets) {
      if (expiresAt <= now || this.#tickets.size >= MOST) this.#tickets.delete(ticket);
      else break;
    }
    const ticket = randomBytes(24).toString('base64url');
    const expiresAt = now + VALID_MS;
    this.#tickets.set(ticket, { showId, expiresAt });
    return { ticket, expiresAt };
  }

  isValid(showId: string, ticket: string): boolean {
    const known = this.#tickets.get(ticket);
    return known !== undefined && known.showId === showId && known.expiresAt > this.#clock.now();
  }
}
