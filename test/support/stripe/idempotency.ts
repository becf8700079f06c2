// Owns idempotency keys as Stripe keeps them (docs.stripe.com/api/idempotent_requests): the first answer of whatever began to run is repeated
// for a day, a 500 too; another request under the same key is refused; one that is still running is a conflict; what was refused before it ran is not kept.
import { createHash } from 'node:crypto';

export interface StoredAnswer {
  status: number;
  body: unknown;
}

const KEPT_MS = 24 * 3600_000;

export class Idempotency {
  readonly #answers = new Map<string, { hash: string; at: number; answer: StoredAnswer | undefined }>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** @returns what the key says without running anything; undefined: run, then call `finish`. */
  begin(key: string, request: string): (StoredAnswer & { isReplayed: boolean }) | undefined {
    const hash = createHash('sha256').update(request).digest('hex');
    const known = this.#answers.get(key);
    if (!known || this.#now() - known.at > KEPT_MS) {
      this.#answers.set(key, { hash, at: this.#now(), answer: undefined });
      return undefined;
    }
    if (known.hash !== hash) {
      const message = 'Keys for idempotent requests can only be used with the same parameters they were first used with.';
      return { status: 400, body: { error: { type: 'idempotency_error', message } }, isReplayed: false };
    }
    if (!known.answer) {
      return { status: 409, body: { error: { type: 'invalid_request_error', code: 'idempotency_key_in_use', message: 'There is currently another in-progress request using this key.' } }, isReplayed: false };
    }
    return { ...known.answer, isReplayed: true };
  }

  /** @param answer undefined: it never ran. */
  finish(key: string, answer: StoredAnswer | undefined): void {
    const known = this.#answers.get(key);
    if (!answer) this.#answers.delete(key);
    else if (known) known.answer = answer;
  }
}
