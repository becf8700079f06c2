// Measuring an uplink against a link of known speed, with its own clock.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { probeUplink } from '../../../web-components/publish/uplink-probe.ts';

/** A link that takes `kbps` and answers after `roundTripMs`. */
function link(kbps: number, roundTripMs: number) {
  const sent: number[] = [];
  const upload = (bytes: Uint8Array, signal: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      sent.push(bytes.length);
      const timer = setTimeout(resolve, roundTripMs + (bytes.length * 8) / kbps);
      signal.addEventListener('abort', () => {
        clearTimeout(timer);
        reject(new Error('aborted'));
      });
    });
  return { sent, upload };
}

describe('uplink probe', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it.each([
    [250, 80],
    [600, 200],
    [2000, 60],
    [8000, 40],
  ])('measures %i kbit/s behind a round trip of %i ms within a fifth', async (kbps, roundTripMs) => {
    const { upload, sent } = link(kbps, roundTripMs);
    const measuring = probeUplink({ upload, now: () => Date.now() });
    await vi.runAllTimersAsync();
    const measured = await measuring;
    expect(measured).toBeGreaterThan(kbps * 0.8);
    expect(measured).toBeLessThan(kbps * 1.2);
    expect(sent.reduce((sum, bytes) => sum + bytes, 0)).toBeLessThan(700_000);
  });

  it('takes no phone that stood still for a second for a thin line', async () => {
    const { upload, sent } = link(4000, 60);
    let stallMs = 1200;
    const stalled = async (bytes: Uint8Array, signal: AbortSignal): Promise<void> => {
      await upload(bytes, signal);
      if (bytes.length > 1000) await new Promise((resolve) => setTimeout(resolve, stallMs));
      if (bytes.length > 1000) stallMs = 0;
    };
    const measuring = probeUplink({ upload: stalled, now: () => Date.now() });
    await vi.runAllTimersAsync();
    expect(await measuring).toBeGreaterThan(3000);
    expect(sent.slice(1, 4)).toEqual([24_000, 24_000, 96_000]);
  });

  it('measures a thin line twice, and goes no further', async () => {
    const { upload, sent } = link(150, 80);
    const measuring = probeUplink({ upload, now: () => Date.now() });
    await vi.runAllTimersAsync();
    const measured = await measuring;
    expect(measured).toBeGreaterThan(120);
    expect(measured).toBeLessThan(180);
    expect(sent).toEqual([256, 24_000, 24_000]);
  });

  it('answers in time on a link that hardly moves, and says that it is slow', async () => {
    const { upload } = link(20, 300);
    const measuring = probeUplink({ upload, now: () => Date.now(), limitMs: 6000 });
    await vi.advanceTimersByTimeAsync(6000);
    expect(await measuring).toBeLessThan(300);
  });

  it('fails when nothing gets through', async () => {
    const measuring = probeUplink({ upload: () => Promise.reject(new Error('offline')) });
    await expect(measuring).rejects.toThrow('offline');
  });
});
