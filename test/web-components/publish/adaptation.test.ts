// What is sent of the picture as the uplink changes: an uplink, the browser's estimate of it and its encoder are played second by second.
import { describe, expect, it } from 'vitest';
import { Adaptation, type AdaptationOptions } from '../../../web-components/publish/adaptation.ts';
import type { SenderStats } from '../../../web-components/publish/sender-stats.ts';

const VOICE_KBPS = 55;

class Phone {
  nowMs = 0;
  /** What the line carries. */
  uplinkKbps: number;
  estimateKbps: number;
  /** What a scene needs by scale, where it needs less than is asked for. */
  neededKbps: Record<number, number> = {};
  override: Partial<SenderStats> = {};
  #askedKbps = 0;
  /** Rows of what was sent each second. */
  readonly seen: { active: number; largeKbps: number; scale: number; hasPicture: boolean }[] = [];
  readonly adaptation: Adaptation;

  constructor(uplinkKbps: number, options: Partial<AdaptationOptions> = {}) {
    this.uplinkKbps = uplinkKbps;
    this.estimateKbps = Math.min(uplinkKbps, 800);
    this.adaptation = new Adaptation({ layerCount: 2, uplinkKbps, nowMs: 0, ...options });
  }

  /**
   * As Chromium does: down to what gets through at once, up by at most a third a second and half more than is sent. While much less is sent than
   * it believes in, it only measures, and that when it is asked for another bitrate: up to twice what it knows or is asked for.
   */
  seconds(count: number): this {
    for (let second = 0; second < count; second += 1) {
      const asked = this.adaptation.plan.reduce((sum, layer) => sum + (layer.active ? layer.maxBitrate / 1000 : 0), VOICE_KBPS);
      const needed = this.neededKbps[this.adaptation.plan.at(-1)!.scaleResolutionDownBy] ?? asked;
      const sentKbps = Math.min(asked, needed + VOICE_KBPS, this.estimateKbps);
      const isOver = sentKbps > this.uplinkKbps;
      const isIdle = sentKbps < this.estimateKbps * 0.65;
      const isMeasured = isIdle && asked !== this.#askedKbps;
      this.#askedKbps = asked;
      const grownKbps = isMeasured ? Math.min(this.estimateKbps, asked) * 2 : isIdle ? 0 : Math.min(this.estimateKbps * 1.3, sentKbps * 1.5 + 10);
      this.estimateKbps = isOver ? this.uplinkKbps * 0.85 : Math.min(this.uplinkKbps * 0.95, Math.max(this.estimateKbps, grownKbps));
      this.nowMs += 1000;
      const large = this.adaptation.plan.at(-1)!;
      this.adaptation.read(
        {
          sentKbps, availableKbps: this.estimateKbps, fps: large.active ? large.maxFramerate : 0, cameraFps: 30, rttMs: isOver ? 600 : 60,
          lossRatio: isOver ? 0.1 : 0, limitedBy: Math.min(asked, needed) > this.estimateKbps ? 'bandwidth' : 'none', isSoundZero: false, soundLevel: null, ...this.override,
        },
        this.nowMs,
      );
      this.seen.push(this.now);
    }
    return this;
  }

  get now() {
    const { plan, hasPicture } = this.adaptation;
    return { active: plan.filter((layer) => layer.active).length, largeKbps: plan.at(-1)!.maxBitrate / 1000, scale: plan.at(-1)!.scaleResolutionDownBy, hasPicture };
  }

  get changes(): number {
    return this.seen.filter((row, at) => at > 0 && JSON.stringify(row) !== JSON.stringify(this.seen[at - 1])).length;
  }
}

describe('the picture follows the uplink', () => {
  it('begins with two layers on a good uplink and with one that fits on a poor one', () => {
    expect(new Phone(4000).now).toMatchObject({ active: 2, largeKbps: 1100, scale: 1 });
    expect(new Phone(500).now).toMatchObject({ active: 1, scale: 1.5 });
    expect(new Phone(310).now).toMatchObject({ active: 1, scale: 2 });
  });

  it('goes from 1500 to 300 kbit/s and back to full within 10 s, with a picture all the time', () => {
    const phone = new Phone(1500).seconds(15);
    expect(phone.now.active).toBe(2);
    phone.uplinkKbps = 300;
    phone.seconds(4);
    expect(phone.now).toMatchObject({ active: 1, scale: 2 });
    phone.seconds(20);
    expect(phone.seen.every(({ hasPicture }) => hasPicture)).toBe(true);
    phone.uplinkKbps = 1500;
    phone.seconds(10);
    expect(phone.now).toMatchObject({ active: 2, scale: 1 });
  });

  it.each([250, 340, 590, 700, 810])('stays on one size where the uplink stays at %i kbit/s', (uplinkKbps) => {
    const phone = new Phone(uplinkKbps).seconds(20);
    phone.seen.length = 0;
    phone.seconds(240);
    expect(phone.changes).toBeLessThanOrEqual(8);
  });

  it('never sends more than the line carries for long', () => {
    const phone = new Phone(450).seconds(30);
    expect(phone.estimateKbps).toBeGreaterThan(300);
    expect(phone.now.active).toBe(1);
  });

  it('lets an encoder with little to say have a larger picture in time, though the estimate knows of no more than is sent', () => {
    const phone = new Phone(3000, { uplinkKbps: 130 });
    phone.estimateKbps = 130;
    phone.neededKbps = { 3: 40, 2: 90, 1.5: 200, 1: 450 };
    phone.seconds(30);
    expect(phone.now).toMatchObject({ scale: 1 });
  });

  it('is back to full within 10 s after a thin line also with a still scene, and while the browser still blames the bandwidth', () => {
    const phone = new Phone(1500);
    phone.neededKbps = { 3: 40, 2: 90, 1.5: 140, 1: 300 };
    phone.seconds(15);
    phone.uplinkKbps = 300;
    phone.seconds(30);
    expect(phone.now.scale).toBeGreaterThan(1);
    phone.override = { limitedBy: 'bandwidth' };
    phone.uplinkKbps = 1500;
    phone.seconds(10);
    expect(phone.now).toMatchObject({ active: 2, scale: 1 });
  });

  it('has nothing measured where the estimate is enough, or the encoder fills it', () => {
    const wide = new Phone(4000).seconds(10);
    wide.seen.length = 0;
    expect(wide.seconds(20).changes).toBe(0);
    const full = new Phone(450).seconds(30);
    expect(full.now.scale).toBe(1.5);
    full.seen.length = 0;
    full.seconds(4);
    expect(full.changes).toBe(0);
  });

  it('steps down for a round trip of seconds where the browser has no estimate', () => {
    const phone = new Phone(1500);
    phone.override = { availableKbps: null, rttMs: 2500 };
    phone.seconds(3);
    expect(phone.now.active).toBe(1);
    phone.override = { availableKbps: null, rttMs: 50 };
    phone.seconds(30);
    expect(phone.now.active).toBe(2);
  });

  it('is limited by what the server says that viewers are sent', () => {
    const phone = new Phone(4000);
    phone.adaptation.largeCapKbps = 450;
    expect(phone.now).toMatchObject({ active: 2, largeKbps: 450 });
    phone.adaptation.largeCapKbps = null;
    expect(phone.now.largeKbps).toBe(1100);
  });
});

describe('the picture stops where the uplink carries only the voice', () => {
  it('after some seconds, not for one bad moment', () => {
    const phone = new Phone(300).seconds(10);
    phone.uplinkKbps = 80;
    phone.seconds(2);
    phone.uplinkKbps = 300;
    phone.seconds(5);
    expect(phone.seen.every(({ hasPicture }) => hasPicture)).toBe(true);
    phone.uplinkKbps = 80;
    phone.seen.length = 0;
    phone.seconds(10);
    expect(phone.seen).toContainEqual(expect.objectContaining({ active: 0, hasPicture: false }));
    expect(phone.now.hasPicture).toBe(false);
  });

  it('comes back by itself, rehearsed unseen, and tries ever less often while it cannot', () => {
    const phone = new Phone(300).seconds(10);
    phone.uplinkKbps = 80;
    phone.seconds(10);
    phone.seen.length = 0;
    phone.seconds(120);
    expect(phone.seen.every(({ hasPicture }) => !hasPicture)).toBe(true);
    const tries = phone.seen.filter(({ active }, at) => active > 0 && phone.seen[at - 1]?.active === 0).length;
    expect(tries).toBeGreaterThanOrEqual(2);
    expect(tries).toBeLessThanOrEqual(6);
    phone.uplinkKbps = 1500;
    phone.seconds(45);
    expect(phone.now).toMatchObject({ hasPicture: true, active: 2 });
  });

  it('comes back at once on a new connection', () => {
    const phone = new Phone(300).seconds(10);
    phone.uplinkKbps = 80;
    phone.seconds(10);
    expect(phone.now.hasPicture).toBe(false);
    phone.adaptation.restart(phone.nowMs);
    expect(phone.now).toMatchObject({ hasPicture: true, active: 1 });
  });
});

describe('the picture follows the phone', () => {
  it('has one layer where two are too much to encode, and still one a minute later', () => {
    const phone = new Phone(4000).seconds(5);
    phone.override = { limitedBy: 'cpu', fps: 9 };
    phone.seconds(6);
    expect(phone.now.active).toBe(1);
    phone.override = {};
    phone.seconds(60);
    expect(phone.now.active).toBe(1);
  });

  it('sees it by frames that fail to come, but not by those that a dark room costs', () => {
    const slow = new Phone(4000);
    slow.override = { fps: 8 };
    expect(slow.seconds(15).now.active).toBe(1);
    const dark = new Phone(4000);
    dark.override = { fps: 8, cameraFps: 8 };
    expect(dark.seconds(15).now.active).toBe(2);
  });

  it('does not take an encoder for weak that is late because of what the line loses', () => {
    const phone = new Phone(4000).seconds(10);
    phone.override = { limitedBy: 'cpu', fps: 9, lossRatio: 0.3 };
    phone.seconds(15);
    phone.override = {};
    expect(phone.seconds(10).now.active).toBe(2);
  });

  it('tries two layers again after minutes, and less often each time it fails', () => {
    const phone = new Phone(4000).seconds(5);
    const tries: number[] = [];
    for (let second = 0; second < 3600; second += 1) {
      const had = phone.now.active;
      phone.override = had === 2 ? { limitedBy: 'cpu' } : {};
      phone.seconds(1);
      if (phone.now.active > had) tries.push(second);
    }
    expect(tries.length).toBeGreaterThan(1);
    expect(tries.length).toBeLessThan(8);
    expect(tries[2]! - tries[1]!).toBeGreaterThan(tries[1]! - tries[0]!);
  });

  it('sends less while the phone is hot or its battery low', () => {
    const phone = new Phone(4000);
    phone.adaptation.isSparing = true;
    expect(phone.now).toMatchObject({ active: 1, scale: 1.5 });
    phone.adaptation.isSparing = false;
    expect(phone.now.active).toBe(2);
  });

  it('never has more than one layer on a phone that has negotiated one', () => {
    const phone = new Phone(4000, { layerCount: 1, deviceKbps: 600 }).seconds(60);
    expect(phone.adaptation.plan).toHaveLength(1);
    expect(phone.now).toMatchObject({ active: 1, largeKbps: 600 });
  });
});
