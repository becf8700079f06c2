// Owns how much one device and one address may send, so that nobody fills the disk or makes figures by the thousand.
import { isIPv6 } from 'node:net';
import { rangeOf } from '../../platform/address-range.ts';
import { FieldcastError } from '../../platform/errors.ts';
import { isLoopback, MinuteLimit } from '../../platform/limits.ts';
import type { Clock } from '../../platform/clock.ts';

/** 500 viewers behind one address, each with a heartbeat every ten seconds. */
const BATCHES_PER_ADDRESS = 3_000;
/** An hour without network, sent at once, is 400 events in seven batches. */
const BATCHES_PER_DEVICE = 30;
const EVENTS_PER_DEVICE = 600;
const MINUTE_MS = 60_000;

export class IntakeLimits {
  readonly #byAddress = new MinuteLimit(BATCHES_PER_ADDRESS);
  readonly #clock: Clock;
  /** Of the minute that goes on; a timer for each of 14,000 devices would cost more than what it limits. */
  #sent = new Map<string, { batches: number; events: number }>();
  #minute = 0;
  /** Devices of the two minutes before, the later first. */
  #before: readonly [number, number] = [0, 0];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** How many devices sent something in this minute, in the one before it, and in the one before that. */
  get devices(): readonly [number, number, number] {
    this.#turn(this.#clock.now());
    return [this.#sent.size, ...this.#before];
  }

  /** @throws FieldcastError `rate.limited`. */
  async take(address: string, device: string, events: number): Promise<void> {
    if (!isLoopback(address)) await this.#byAddress.take(isIPv6(address) ? rangeOf(address) : address);
    const now = this.#clock.now();
    this.#turn(now);
    let sent = this.#sent.get(device);
    if (!sent) this.#sent.set(device, (sent = { batches: 0, events: 0 }));
    if (sent.batches + 1 > BATCHES_PER_DEVICE || sent.events + events > EVENTS_PER_DEVICE) {
      const seconds = Math.max(1, Math.ceil(((this.#minute + 1) * MINUTE_MS - now) / 1000));
      throw new FieldcastError('rate.limited', `Too many events; try again in ${seconds} s.`, { headers: { 'retry-after': String(seconds) }, params: { seconds } });
    }
    sent.batches += 1;
    sent.events += events;
  }

  #turn(now: number): void {
    const minute = Math.floor(now / MINUTE_MS);
    if (minute === this.#minute) return;
    const [last] = this.#before;
    this.#before = minute === this.#minute + 1 ? [this.#sent.size, last] : minute === this.#minute + 2 ? [0, this.#sent.size] : [0, 0];
    this.#minute = minute;
    this.#sent = new Map();
  }
}
