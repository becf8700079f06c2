// Owns how many reactions one device can give: by identity, and by address, because a device may come as many.
import { isIPv6 } from 'node:net';
import { isLoopback, MinuteLimit } from '../../platform/limits.ts';
import type { Caller } from '../../platform/auth.ts';
import { rangeOf } from '../../platform/address-range.ts';

/** A thumb taps five times a second while it likes something, not for a minute. */
const TAPS_PER_IDENTITY = 240;
/** A household, or some neighbours behind one address of a mobile network. */
const TAPS_PER_ADDRESS = 960;

export class ReactionLimits {
  readonly #byIdentity = new MinuteLimit(TAPS_PER_IDENTITY);
  readonly #byAddress = new MinuteLimit(TAPS_PER_ADDRESS);

  /** @throws FieldcastError `rate.limited`. */
  async take({ claims, address }: Caller, taps: number): Promise<void> {
    await this.#byIdentity.take(claims.identity, taps);
    // A device has as many addresses of IPv6 as it likes.
    if (!isLoopback(address)) await this.#byAddress.take(isIPv6(address) ? rangeOf(address) : address, taps);
  }
}
