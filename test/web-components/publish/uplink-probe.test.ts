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
