// Owns rate limits: fixed windows of a minute per key, in memory, forgotten by themselves.
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { FieldcastError } from './errors.ts';

export class MinuteLimit {
  readonly #limiter: RateLimiterMemory;

  constructor(callsPerMinute: number) {
    this.#limiter = new RateLimiterMemory({ points: callsPerMinute, duration: 60 });
  }

  /** Counts one call of `key`, or `points` of what is limited. @throws FieldcastError `rate.limited` with `Retry-After` when the minute is used up. */
  async take(key: string, points = 1): Promise<void> {
    try {
      await this.#limiter.consume(key, points);
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal;
      const seconds = Math.max(1, Math.ceil(refusal.msBeforeNext / 1000));
      throw new FieldcastError('rate.limited', `Too many calls; try again in ${seconds} s.`, {
        headers: { 'retry-after': String(seconds) },
        params: { seconds },
      });
    }
  }

  /** Takes back what `take` counted, for a call that turned out not to be of the kind that is limited. */
  async giveBack(key: string): Promise<void> {
    await this.#limiter.reward(key, 1);
  }
}

/** A caller on the machine itself (benches, a reverse proxy that names nobody) is not limited by address. */
export function isLoopback(address: string): boolean {
  return address === '::1' || /^(::ffff:)?127\./.test(address);
}
