// Owns who is counted apart from viewers, and why: who works for the show, programs, and the many devices of one address.
import { isIPv6 } from 'node:net';
import { isbot } from 'isbot';
import { rangeOf } from '../../platform/address-range.ts';
import { isLoopback } from '../../platform/limits.ts';
import type { Mark } from '../rollup/raw-event.ts';

/** A service centre, or neighbours behind one address of a mobile network; further ones are counted apart. */
export const DEVICES_PER_ADDRESS = 50;

export class Marks {
  /** Devices by show and address; addresses are in memory only. */
  readonly #met = new Map<string, Map<string, Set<string>>>();

  /** @param userAgent empty: a browser always says one */
  of(showId: string, device: string, { address, userAgent, isStaff }: { address: string; userAgent: string; isStaff: boolean }): Mark {
    if (isStaff) return 'own';
    if (userAgent === '' || isbot(userAgent)) return 'bot';
    return this.#isCrowded(showId, device, address) ? 'crowded' : '';
  }

  forget(showId: string): void {
    this.#met.delete(showId);
  }

  #isCrowded(showId: string, device: string, address: string): boolean {
    if (isLoopback(address)) return false;
    const range = isIPv6(address) ? rangeOf(address) : address;
    let addresses = this.#met.get(showId);
    if (!addresses) this.#met.set(showId, (addresses = new Map()));
    let devices = addresses.get(range);
    if (!devices) addresses.set(range, (devices = new Set()));
    if (devices.has(device)) return false;
    if (devices.size >= DEVICES_PER_ADDRESS) return true;
    devices.add(device);
    return false;
  }
}
