// Owns the race of WebRTC and HLS and the way back up: who gets the screen when, and how often WebRTC is tried.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { EnginePath, StreamSource } from '../../../web-components/playback/engine.ts';
import { openLadder } from '../../../web-components/playback/ladder.ts';
import { fakeKind, fakeSink, fakeSource } from './fake-engine.ts';

interface Options {
  source?: Partial<StreamSource>;
  hasWebrtc?: boolean;
  hasHls?: boolean;
  isRunning?: boolean;
  /** The way that WebRTC said it came before the ladder was there. */
  path?: EnginePath;
}

const tracks = { id: 'tracks' } as MediaStream;
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

function start({ source: part = {}, hasWebrtc = true, hasHls = true, isRunning = true, path }: Options = {}) {
  const webrtc = fakeKind('webrtc', { canPlay: hasWebrtc });
  const hls = fakeKind('hls', { canPlay: hasHls });
  const { heard, sink } = fakeSink();
  const source = fakeSource(part);
  const running = isRunning && hasWebrtc ? webrtc.kind.open(source, sink) : null;
  const remembered: boolean[] = [];
  const rememberBlocked = (isBlocked: boolean) => void remembered.push(isBlocked);
  const { engine, first } = openLadder({ source, sink, webrtc: webrtc.kind, running, media: null, path: path ?? null, rememberBlocked, hls: hls.kind });
  if (running) webrtc.last.sink = first;
  const shown = () => (heard.video.srcObject === tracks ? 'webrtc' : heard.media.length > 0 ? 'hls' : 'nothing');
  return {
    webrtc,
    hls,
    heard,
    source,
    engine,
    remembered,
    shown,
    get phase() {
      return heard.phases.at(-1);
    },
    /** HLS has its playlist and then its first picture. */
    hlsPlays() {
      hls.last.sink.onMedia((video) => void (video.srcObject = null));
      hls.last.sink.onPath('hls');
      hls.say('playing');
    },
    webrtcPlays() {
      webrtc.last.sink.onMedia(tracks);
      webrtc.last.sink.onPath('webrtc-tcp');
      webrtc.say('playing');
    },
  };
}

describe('the ladder', () => {
  beforeEach(() => {
    vi.useFakeTimers();
    // Spread is a quarter either way; the middle is what the tests reckon with.
    vi.spyOn(Math, 'random').mockReturnValue(0.5);
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.restoreAllMocks();
    vi.unstubAllGlobals();
  });

  it('says again the way that WebRTC comes, when it said so before the ladder was there', async () => {
    const started = start({ path: 'webrtc-tcp' });
    started.hlsPlays();
    started.webrtc.last.sink.onMedia(tracks);
    started.webrtc.say('playing');
    await pass(1_000);
    expect([started.shown(), started.heard.paths]).toEqual(['webrtc', ['hls', 'webrtc-tcp']]);
  });

  it('starts HLS beside WebRTC, and the first that plays has the screen', () => {
    const first = start();
    first.hlsPlays();
    expect([first.shown(), first.phase, first.heard.paths, first.webrtc.isOpen]).toEqual(['hls', 'playing', ['hls'], true]);
    const other = start();
    other.webrtcPlays();
    expect([other.shown(), other.phase, other.heard.paths, other.hls.isOpen]).toEqual(['webrtc', 'playing', ['webrtc-tcp'], false]);
  });

  it('lets nobody past the queue by HLS, and keeps HLS for whoever has it', async () => {
    const coming = start();
    coming.webrtc.say('queued');
    coming.webrtc.last.sink.onPlace(3);
    await pass(30_000);
    expect([coming.phase, coming.hls.isOpen, coming.webrtc.isOpen, coming.heard.places]).toEqual(['queued', false, true, [3]]);
    coming.webrtcPlays();
    expect([coming.phase, coming.shown()]).toEqual(['playing', 'webrtc']);
    const watching = start();
    watching.hlsPlays();
    watching.webrtc.say('queued');
    await pass(0);
    expect([watching.phase, watching.shown(), watching.webrtc.isOpen]).toEqual(['playing', 'hls', false]);
  });

  it('tells what is allotted to the way that is shown', async () => {
    const ladder = start();
    ladder.hlsPlays();
    ladder.hls.last.sink.onAllotted({ level: 'full', reason: null });
    ladder.webrtc.last.sink.onAllotted({ level: 'sound', reason: 'uplink' });
    expect(ladder.heard.levels).toEqual(['full']);
    ladder.webrtcPlays();
    await pass(0);
    expect(ladder.heard.levels).toEqual(['full', 'sound']);
  });

  it('counts what has come by every way, those that are closed included', async () => {
    const ladder = start();
    ladder.hlsPlays();
    expect(await ladder.engine.receivedBytes()).toBe(2_000);
    ladder.webrtcPlays();
    await pass(0);
    expect([ladder.hls.isOpen, await ladder.engine.receivedBytes()]).toEqual([false, 2_000]);
  });

  it('does not let HLS take the screen from a picture that goes on', () => {
    const { webrtcPlays, hls, shown } = start();
    const attach = hls.last.sink;
    webrtcPlays();
    attach.onMedia((video) => void (video.srcObject = null));
    expect(shown()).toBe('webrtc');
  });

  it('gives the screen to WebRTC that comes a moment after HLS, while both are starting', async () => {
    const ladder = start();
    ladder.hlsPlays();
    await pass(400);
    ladder.webrtcPlays();
    await pass(0);
    expect([ladder.shown(), ladder.hls.isOpen, ladder.heard.paths.at(-1)]).toEqual(['webrtc', false, 'webrtc-tcp']);
  });

  it('gives up on WebRTC when UDP and TCP have had their time, and remembers it for the session', async () => {
    const ladder = start();
    ladder.hlsPlays();
    await pass(8_500);
    expect(ladder.webrtc.isOpen).toBe(true);
    await pass(1_000);
    expect([ladder.webrtc.isOpen, ladder.shown(), ladder.phase]).toEqual([false, 'hls', 'playing']);
    expect(ladder.remembered).toEqual([true]);
  });

  it('tries WebRTC in the background less and less often', async () => {
    const ladder = start();
    ladder.hlsPlays();
    await pass(9_000);
    const tries: number[] = [];
    let known = ladder.webrtc.opened.length;
    for (let second = 1; second <= 1_200; second += 1) {
      await pass(1_000);
      if (ladder.webrtc.opened.length > known) tries.push(second);
      known = ladder.webrtc.opened.length;
    }
    expect(tries).toEqual([15, 54, 123, 252, 501, 810, 1119]);
    expect(ladder.shown()).toBe('hls');
  });

  it('climbs back only when WebRTC has gone on for a second, and forgets that it was blocked', async () => {
    const ladder = start();
    ladder.hlsPlays();
    await pass(9_000 + 15_000);
    ladder.webrtcPlays();
    await pass(900);
    expect(ladder.shown()).toBe('hls');
    ladder.webrtc.say('stalled');
    ladder.webrtc.say('playing');
    await pass(900);
    expect(ladder.shown()).toBe('hls');
    await pass(200);
    expect([ladder.shown(), ladder.hls.isOpen, ladder.heard.paths]).toEqual(['webrtc', false, ['hls', 'webrtc-tcp']]);
    expect(ladder.remembered).toEqual([true, false]);
    expect(ladder.heard.phases.filter((phase) => phase !== 'playing')).toEqual(['connecting']);
  });

  it('waits longer for WebRTC with every time that it fell back', async () => {
    const ladder = start();
    ladder.webrtcPlays();
    ladder.webrtc.say('stalled');
    await pass(2_500);
    ladder.hlsPlays();
    expect(ladder.shown()).toBe('hls');
    ladder.webrtc.say('playing');
    await pass(1_500);
    expect(ladder.shown()).toBe('hls');
    await pass(1_000);
    expect(ladder.shown()).toBe('webrtc');
    ladder.webrtc.say('stalled');
    await pass(2_500);
    ladder.hlsPlays();
    ladder.webrtc.say('playing');
    await pass(3_500);
    expect(ladder.shown()).toBe('hls');
    await pass(1_000);
    expect(ladder.shown()).toBe('webrtc');
    // A good minute, and it counts as new.
    await pass(61_000);
    ladder.webrtc.say('stalled');
    await pass(2_500);
    ladder.hlsPlays();
    ladder.webrtc.say('playing');
    await pass(2_500);
    expect(ladder.shown()).toBe('webrtc');
  });

  it('does not leave WebRTC for a hiccup', async () => {
    const ladder = start();
    ladder.webrtcPlays();
    ladder.webrtc.say('stalled');
    await pass(1_500);
    ladder.webrtc.say('playing');
    await pass(10_000);
    expect(ladder.hls.opened).toHaveLength(1);
    expect(ladder.heard.phases).toEqual(['connecting', 'playing', 'stalled', 'playing']);
  });

  it('tries nothing in the background of a page that nobody sees, or while nothing is sent', async () => {
    const hidden = start();
    hidden.hlsPlays();
    hidden.engine.setVisible(false);
    await pass(9_000 + 60_000);
    expect(hidden.webrtc.opened).toHaveLength(1);
    expect(hidden.hls.last.isVisible).toBe(false);
    hidden.engine.setVisible(true);
    await pass(15_000);
    expect(hidden.webrtc.opened).toHaveLength(2);

    const source = { stream: { epoch: 1, producers: [{ id: 'p', kind: 'video' as const, paused: false, pausedBy: null }], hls: true, recording: 'off' as const } };
    const away = start({ source });
    away.hlsPlays();
    await pass(9_000);
    (away.source as { stream: unknown }).stream = { ...source.stream, producers: [] };
    await pass(60_000);
    expect(away.webrtc.opened).toHaveLength(1);
  });

  it('looks again soon when the device says that it is in another network', async () => {
    const target = new EventTarget();
    vi.stubGlobal('addEventListener', target.addEventListener.bind(target));
    vi.stubGlobal('removeEventListener', target.removeEventListener.bind(target));
    const ladder = start();
    ladder.hlsPlays();
    await pass(9_000);
    target.dispatchEvent(new Event('online'));
    await pass(1_000);
    expect(ladder.webrtc.isOpen).toBe(true);
  });

  it('plays HLS alone where there is no WebRTC, and begins with HLS where WebRTC is known not to work', async () => {
    const without = start({ hasWebrtc: false });
    without.hlsPlays();
    await pass(120_000);
    expect([without.shown(), without.webrtc.opened.length]).toEqual(['hls', 0]);

    const known = start({ isRunning: false });
    known.hlsPlays();
    await pass(14_000);
    expect(known.webrtc.opened).toHaveLength(0);
    await pass(1_500);
    expect(known.webrtc.opened).toHaveLength(1);
  });

  it('does not rely on what the session remembers when HLS shows nothing either', async () => {
    const { webrtc, webrtcPlays, shown } = start({ isRunning: false });
    await pass(2_500);
    expect(webrtc.isOpen).toBe(true);
    webrtcPlays();
    await pass(0);
    expect(shown()).toBe('webrtc');
  });

  it('says that it is blocked when neither has come, goes on with both, and takes it back', async () => {
    const ladder = start();
    await pass(9_500);
    expect([ladder.phase, ladder.webrtc.isOpen, ladder.hls.isOpen]).toEqual(['blocked', true, true]);
    ladder.hlsPlays();
    expect(ladder.phase).toBe('playing');
  });

  it('stays with WebRTC when the host sends what HLS cannot carry, and says so when that does not work', async () => {
    const ladder = start({ source: { hlsUrl: null } });
    expect(ladder.hls.opened).toHaveLength(0);
    await pass(9_500);
    expect([ladder.phase, ladder.webrtc.isOpen]).toEqual(['blocked', true]);
    expect(start({ source: { hlsUrl: null }, hasWebrtc: false }).phase).toBe('failed');
    expect(start({ hasHls: false, hasWebrtc: false }).phase).toBe('failed');
  });

  it('waits for the show to be known', () => {
    const ladder = start({ isRunning: false, source: { stream: null, hlsUrl: null } });
    expect([ladder.hls.opened.length, ladder.phase]).toEqual([0, 'connecting']);
    Object.assign(ladder.source, { stream: fakeSource().stream, hlsUrl: fakeSource().hlsUrl });
    ladder.engine.update();
    expect(ladder.hls.isOpen).toBe(true);
  });

  it('opens HLS when the host comes back with something that it can carry', () => {
    const ladder = start({ source: { hlsUrl: null } });
    (ladder.source as { hlsUrl: string | null }).hlsUrl = 'http://server/hls/shw/index.m3u8';
    ladder.engine.update();
    expect(ladder.hls.isOpen).toBe(true);
  });

  it('goes back to WebRTC when HLS gives up', async () => {
    const ladder = start();
    ladder.hlsPlays();
    await pass(9_500);
    ladder.hls.say('failed');
    await pass(0);
    expect([ladder.hls.isOpen, ladder.webrtc.isOpen]).toEqual([false, true]);
    ladder.webrtcPlays();
    await pass(0);
    expect([ladder.shown(), ladder.phase]).toEqual(['webrtc', 'playing']);
  });

  it('is idle while the host is away, on whichever way it was', () => {
    const ladder = start();
    ladder.hlsPlays();
    ladder.webrtc.say('idle');
    ladder.hls.say('idle');
    expect(ladder.phase).toBe('idle');
    ladder.hlsPlays();
    expect(ladder.phase).toBe('playing');
  });

  it('tells how late the picture is only while HLS shows it', async () => {
    const read: (() => number | null)[] = [];
    const ladder = start({ source: { followPicture: (reader) => void read.push(reader) } });
    expect(read[0]?.()).toBeNull();
    ladder.hlsPlays();
    expect(read[0]?.()).toBe(12_345);
    ladder.webrtcPlays();
    await pass(0);
    expect(read[0]?.()).toBeNull();
  });

  it('leaves nothing running when it is closed', async () => {
    const ladder = start();
    ladder.hlsPlays();
    ladder.engine.close();
    await pass(600_000);
    expect([ladder.webrtc.isOpen, ladder.hls.isOpen, ladder.webrtc.opened.length, ladder.hls.opened.length]).toEqual([false, false, 1, 1]);
  });
});
