// Owns the first rung of the ladder: how long WebRTC is waited for, and that nothing is loaded for those who do not need it.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Ladder, LadderStart } from '../../../web-components/playback/ladder.ts';
import { openPlayback, type Rungs } from '../../../web-components/playback/selector.ts';
import { fakeKind, fakeSink, fakeSource } from './fake-engine.ts';

function fakeLadder() {
  const heard = fakeSink();
  const engine = { update: vi.fn<() => void>(), setVisible: vi.fn<(isVisible: boolean) => void>(), close: vi.fn<() => void>() };
  const starts: LadderStart[] = [];
  let isReachable = true;
  const load = vi.fn<Rungs['load']>(async () => {
    if (!isReachable) throw new Error('the file did not come');
    return {
      openLadder(start: LadderStart): Ladder {
        starts.push(start);
        return { engine, first: heard.sink };
      },
    };
  });
  return { load, engine, starts, heard: heard.heard, set isReachable(value: boolean) { isReachable = value; } };
}

describe('openPlayback', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  const open = (canPlay = true) => {
    const [webrtc, ladder, { heard, sink }] = [fakeKind('webrtc', { canPlay }), fakeLadder(), fakeSink()];
    const playback = openPlayback(fakeSource(), sink, { webrtc: webrtc.kind, load: ladder.load });
    return { webrtc, ladder, heard, playback };
  };
  const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

  it('stays with WebRTC while that plays, and loads nothing else', async () => {
    const { webrtc, ladder, heard } = open();
    webrtc.say('connecting');
    await pass(1_500);
    webrtc.say('playing');
    await pass(60_000);
    expect(ladder.starts).toHaveLength(0);
    expect(heard.phases).toEqual(['connecting', 'playing']);
    const fast = open();
    fast.webrtc.say('connecting');
    await pass(800);
    fast.webrtc.say('playing');
    await pass(60_000);
    expect(fast.ladder.load).not.toHaveBeenCalled();
  });

  it('waits for a host without limit', async () => {
    const { webrtc, ladder } = open();
    webrtc.say('idle');
    await pass(60_000);
    expect(ladder.starts).toHaveLength(0);
  });

  it('climbs when WebRTC has shown nothing for two seconds, and hands the running engine over', async () => {
    const { webrtc, ladder, heard, playback } = open();
    const media = {} as MediaStream;
    webrtc.say('connecting');
    webrtc.last.sink.onMedia(media);
    await pass(2_500);
    expect(ladder.starts).toHaveLength(1);
    expect(ladder.starts[0]).toMatchObject({ media });
    expect(webrtc.isOpen).toBe(true);
    webrtc.say('playing');
    webrtc.last.sink.onPath('webrtc-tcp');
    expect([ladder.heard.phases, ladder.heard.paths]).toEqual([['connecting', 'playing'], ['webrtc-tcp']]);
    expect(heard.phases).toEqual(['connecting']);
    playback.update();
    playback.close();
    expect([ladder.engine.update.mock.calls.length, ladder.engine.close.mock.calls.length]).toEqual([1, 1]);
  });

  it('climbs when a running picture has stopped for as long', async () => {
    const { webrtc, ladder } = open();
    webrtc.say('connecting');
    webrtc.say('playing');
    await pass(10_000);
    webrtc.say('stalled');
    await pass(1_000);
    webrtc.say('playing');
    await pass(5_000);
    expect(ladder.starts).toHaveLength(0);
    webrtc.say('stalled');
    await pass(2_500);
    expect(ladder.starts).toHaveLength(1);
  });

  it('climbs at once where there is no WebRTC, where it gives up, and where it did not work earlier in this session', async () => {
    const without = open(false);
    await pass(0);
    expect(without.ladder.starts).toHaveLength(1);

    const givingUp = open();
    givingUp.webrtc.say('connecting');
    await pass(100);
    givingUp.webrtc.say('failed');
    await pass(1);
    expect(givingUp.ladder.starts).toHaveLength(1);
    expect(givingUp.heard.phases).toEqual(['connecting']);

    vi.stubGlobal('sessionStorage', { getItem: () => '1' });
    const known = open();
    await pass(0);
    expect([known.ladder.starts.length, known.webrtc.opened.length]).toEqual([1, 0]);
  });

  it('asks again for the other rungs when their file did not come, unless WebRTC has come', async () => {
    const { webrtc, ladder } = open();
    ladder.isReachable = false;
    webrtc.say('connecting');
    await pass(5_000);
    expect(ladder.load).toHaveBeenCalledTimes(4);
    webrtc.say('playing');
    await pass(20_000);
    expect(ladder.load).toHaveBeenCalledTimes(4);
    webrtc.say('stalled');
    ladder.isReachable = true;
    await pass(2_500);
    expect(ladder.starts).toHaveLength(1);
  });

  it('tells the ladder whether anybody looks, and leaves nothing behind when it is closed while climbing', async () => {
    const { webrtc, ladder, playback } = open();
    playback.setVisible(false);
    webrtc.say('connecting');
    await pass(2_500);
    expect(ladder.engine.setVisible.mock.calls).toEqual([[false]]);

    const late = open(false);
    late.playback.close();
    await pass(0);
    expect(late.ladder.starts).toHaveLength(0);
  });
});
