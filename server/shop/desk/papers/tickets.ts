// Owns addresses of pages to print: a browser's tab sends no token, so staff exchange theirs for an address that holds for some minutes.
import { randomBytes } from 'node:crypto';
import type { Clock } from '../../../platform/clock.ts';
import type { PaperKind } from '../../../protocol/desk.ts';
import type { Claims } from '../../../protocol/access.ts';

const VALID_MS = 15 * 60_000;
/** At a time; the oldest then ends early. */
const MOST = 500;

export interface PaperOrder {
  kind: PaperKind;
  orderIds: readonly string[];
  lang: 'en' | 'zh-CN';
  /** Who asked: the page shows what they may see. */
  claims: Pick<Claims, 'role' | 'rights'>;
}

export class PaperTickets {
  readonly #clock: Clock;
  readonly #tickets = new Map<string, PaperOrder & { expiresAt: number }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  open(what: PaperOrder): { ticket: string; expiresAt: number } {
    const now = this.#clock.now();
    for (const [ticket, { expiresAt }] of this.#tickets) {
      if (expiresAt <= now || this.#tickets.size >= MOST) this.#tickets.delete(ticket);
      else break;
    }
    const ticket = randomBytes(24).toString('base64url');
    const expiresAt = now + VALID_MS;
    this.#tickets.set(ticket, { ...what, expiresAt });
    return { ticket, expiresAt };
  }

  find(ticket: string): PaperOrder | undefined {
    const known = this.#tickets.get(ticket);
    return known && known.expiresAt > this.#clock.now() ? known : undefined;
  }
}
