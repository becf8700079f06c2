// Owns looking after the phone during a long show: battery and heat are watched while it sends, advice is given once, and less is sent meanwhile.
import { LongShow, type PhoneAdvice, type Pressure, type SenderStats, watchBattery, watchPressure, type BatteryState } from '../publish/index.ts';

export class PhoneCare {
  /** What the host is told now; null when there is nothing, or it was read. */
  advice: PhoneAdvice | null = null;
  battery: BatteryState | null = null;
  #pressure: Pressure | null = null;
  readonly #longShow = new LongShow();
  readonly #stops: (() => void)[];

  constructor() {
    this.#stops = [watchBattery((battery) => (this.battery = battery)), watchPressure((pressure) => (this.#pressure = pressure))];
  }

  /** Takes one second's statistics. @returns whether the phone should send less */
  read(stats: SenderStats): boolean {
    const told = this.#longShow.read({ battery: this.battery, isStrained: stats.limitedBy === 'cpu', pressure: this.#pressure }, performance.now());
    if (told) this.advice = told;
    else if (this.advice && !this.#longShow.holds(this.advice)) this.advice = null;
    return this.#longShow.isSparing;
  }

  dismiss(): void {
    this.advice = null;
  }

  close(): void {
    for (const stop of this.#stops) stop();
  }
}
