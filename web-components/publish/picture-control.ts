// Owns keeping the picture within the uplink while a show is sent: hands each second's statistics to the adaptation and its plan to the path.
import type { PauseReason } from '../../server/protocol/index.ts';
import { Adaptation, type VideoPlan } from './adaptation.ts';
import { type DeviceFacts, deviceLimits } from './layers.ts';
import type { SendPath } from './send-path.ts';
import type { SenderStats } from './sender-stats.ts';

export class PictureControl {
  #adaptation: Adaptation;
  #isHidden = false;
  #isSparing = false;
  /** What was last asked of the path. */
  #shaped = '';
  #reason: PauseReason | null = null;

  constructor(device: DeviceFacts = { uplinkKbps: null }) {
    this.#adaptation = this.#begin(device);
  }

  /** Begins anew for a show sent from this device. What the host has hidden stays so. */
  start(device: DeviceFacts): void {
    this.#adaptation = this.#begin(device);
  }

  /** Why no picture is sent; null while one is. */
  get pausedBy(): PauseReason | null {
    if (this.#isHidden) return 'host';
    return this.#adaptation.hasPicture ? null : 'network';
  }

  get isHidden(): boolean {
    return this.#isHidden;
  }

  get plan(): VideoPlan {
    const { plan } = this.#adaptation;
    return this.#isHidden ? plan.map((layer) => ({ ...layer, active: false })) : plan;
  }

  /** What the server says that the largest part of a viewer's picture should be, kbit/s. */
  set largeCapKbps(kbps: number | null) {
    this.#adaptation.largeCapKbps = kbps;
  }

  /** A hot phone or an empty battery sends less. */
  set isSparing(isSparing: boolean) {
    this.#isSparing = isSparing;
    this.#adaptation.isSparing = isSparing;
  }

  /** Hides the picture from everyone, or shows it again. */
  async hide(isHidden: boolean, path: SendPath | null): Promise<void> {
    if (this.#isHidden && !isHidden) this.#adaptation.restart(performance.now());
    this.#isHidden = isHidden;
    if (path) await this.apply(path);
  }

  /** What a new path begins with. What was learned of the old one does not count: it may go over another network. */
  opening(): { plan: VideoPlan; pausedBy: PauseReason | null } {
    this.#adaptation.restart(performance.now());
    const { plan, pausedBy } = this;
    this.#shaped = JSON.stringify(plan);
    this.#reason = pausedBy;
    return { plan, pausedBy };
  }

  /** Takes the statistics of one second and does what follows from them. */
  async read(stats: SenderStats, path: SendPath): Promise<void> {
    // Without a picture that is sent there is nothing to learn about sending one.
    if (!this.#isHidden) this.#adaptation.read(stats, performance.now());
    await this.apply(path);
  }

  /** Hands on what has changed since the last time. */
  async apply(path: SendPath): Promise<void> {
    const { plan, pausedBy } = this;
    const shape = JSON.stringify(plan);
    if (shape !== this.#shaped) {
      this.#shaped = shape;
      await path.shape(plan);
    }
    if (pausedBy === this.#reason) return;
    const before = this.#reason;
    this.#reason = pausedBy;
    // A command that is lost is repeated a second later.
    await path.setPaused('video', pausedBy).catch(() => (this.#reason = before));
  }

  /** Tells the server again: it may not have heard. */
  async repeat(path: SendPath): Promise<void> {
    this.#reason = this.pausedBy;
    await path.setPaused('video', this.#reason);
  }

  #begin(device: DeviceFacts): Adaptation {
    const adaptation = new Adaptation({ ...deviceLimits(device), uplinkKbps: device.uplinkKbps, nowMs: performance.now() });
    adaptation.isSparing = this.#isSparing;
    return adaptation;
  }
}
