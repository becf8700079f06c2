// Owns what a long show does to a phone: an empty battery and a hot processor, seen early, told once each. Pure; the clock is the caller's.
import type { BatteryState, Pressure } from './phone.ts';

/** What the host should do. `battery`: plug it in. `battery-last`: it goes out in minutes. `heat`: out of the sun. */
export type PhoneAdvice = 'battery' | 'battery-last' | 'heat';

export interface PhoneReading {
  battery: BatteryState | null;
  /** Whether the encoder could not keep up in this second. */
  isStrained: boolean;
  pressure: Pressure | null;
}

const LOW = 0.2;
const LAST = 0.07;
/** A phone that is held at its limit this long is hot: the first thing it then does is to slow its processor down. */
const HOT_AFTER_MS = 120_000;
/** Cool again when it has kept up this long. */
const COOL_AFTER_MS = 300_000;
/** The same thing is not said again within this time. */
const AGAIN_AFTER_MS = 30 * 60_000;
/** A reading is one second; a strained one counts so much, and one that is not takes half of it back. */
const READING_MS = 1_000;

export class LongShow {
  #strainedMs = 0;
  #coolMs = 0;
  #isHot = false;
  #isLow = false;
  readonly #saidMs = new Map<PhoneAdvice, number>();

  /** Whether the phone should send less. */
  get isSparing(): boolean {
    return this.#isHot || this.#isLow;
  }

  /** Takes one second's reading. @returns what to tell the host now; null when there is nothing, or it has been said */
  read({ battery, isStrained, pressure }: PhoneReading, nowMs: number): PhoneAdvice | null {
    this.#isLow = battery !== null && !battery.isCharging && battery.level <= LOW;
    this.#feel(isStrained || pressure === 'critical' || pressure === 'serious');
    if (!this.#isLow) this.#saidMs.delete('battery-last');
    if (battery && this.#isLow) {
      const told = this.#sayOnce(battery.level <= LAST ? 'battery-last' : 'battery', nowMs);
      if (told) return told;
    }
    return this.#isHot ? this.#sayOnce('heat', nowMs) : null;
  }

  /** Whether a thing that was said is still so. */
  holds(advice: PhoneAdvice): boolean {
    return advice === 'heat' ? this.#isHot : this.#isLow;
  }

  #feel(isPressed: boolean): void {
    this.#strainedMs = Math.max(0, this.#strainedMs + (isPressed ? READING_MS : -READING_MS / 2));
    this.#coolMs = isPressed ? 0 : this.#coolMs + READING_MS;
    if (this.#strainedMs >= HOT_AFTER_MS) this.#isHot = true;
    if (this.#isHot && this.#coolMs >= COOL_AFTER_MS) {
      this.#isHot = false;
      this.#strainedMs = 0;
    }
    this.#strainedMs = Math.min(this.#strainedMs, HOT_AFTER_MS);
  }

  #sayOnce(advice: PhoneAdvice, nowMs: number): PhoneAdvice | null {
    if (nowMs - (this.#saidMs.get(advice) ?? Number.NEGATIVE_INFINITY) < AGAIN_AFTER_MS) return null;
    this.#saidMs.set(advice, nowMs);
    return advice;
  }
}
