// Owns what a viewer is told while something is lost, and that nothing of it flashes.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { recoveryStep, type RecoverySituation } from '../../../../web-components/player/lobby/recovery-step.ts';
import { Steady } from '../../../../web-components/player/lobby/steady.ts';

const well: RecoverySituation = { state: 'live', isOnline: true, isConnected: true, socketLostMs: 0, pictureLostMs: 0, closingMs: null, hasHls: true };
const stopped: RecoverySituation = { ...well, state: 'reconnecting' };

describe('recoveryStep', () => {
  it.each([
    ['nothing', null, well],
    ['nothing of a socket that is back in a moment', null, { ...well, isConnected: false, socketLostMs: 1_000 }],
    ['that the picture goes on without the socket', 'beside', { ...well, isConnected: false, socketLostMs: 2_500 }],
    ['that there is no network, within 3 s though the picture is still going', 'offline', { ...well, isConnected: false, isOnline: false, socketLostMs: 2_500 }],
    ['that there is no network', 'offline', { ...stopped, isConnected: false, isOnline: false }],
    ['that the server restarts', 'restarting', { ...stopped, isConnected: false, closingMs: 3_000 }],
    ['no more of a restart that takes too long', 'joining', { ...stopped, isConnected: false, closingMs: 90_000 }],
    ['that it connects again', 'joining', { ...stopped, isConnected: false }],
    ['that it gets the picture again', 'picture', { ...stopped, pictureLostMs: 1_000 }],
    ['that it tries another way', 'otherWay', { ...stopped, pictureLostMs: 3_000 }],
    ['that later where there is no HLS', 'picture', { ...stopped, pictureLostMs: 3_000, hasHls: false }],
  ] as const)('says %s', (_what, step, situation) => expect(recoveryStep(situation)).toBe(step));
});

describe('Steady', () => {
  const shown: (string | null)[] = [];
  let steady: Steady<string>;
  beforeEach(() => {
    vi.useFakeTimers();
    shown.length = 0;
    steady = new Steady({ afterMs: 400, holdMs: 1_500, onChange: (now) => void shown.push(now) });
  });
  afterEach(() => vi.useRealTimers());

  it('does not say what is over in a blink', () => {
    steady.set('gone');
    vi.advanceTimersByTime(300);
    steady.set(null);
    vi.advanceTimersByTime(5_000);
    expect(shown).toEqual([]);
  });

  it('lets what it says stay long enough to be read', () => {
    steady.set('gone');
    vi.advanceTimersByTime(400);
    expect(shown).toEqual(['gone']);
    steady.set(null);
    vi.advanceTimersByTime(1_400);
    expect(shown).toEqual(['gone']);
    vi.advanceTimersByTime(100);
    expect(shown).toEqual(['gone', null]);
  });

  it('goes from one thing to another at once, and back from a short relief', () => {
    steady.set('gone');
    vi.advanceTimersByTime(400);
    steady.set('trying');
    steady.set(null);
    vi.advanceTimersByTime(1_000);
    steady.set('gone');
    vi.advanceTimersByTime(5_000);
    expect(shown).toEqual(['gone', 'trying', 'gone']);
  });
});
