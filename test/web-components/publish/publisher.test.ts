// How sending starts and comes back, with transport and signalling played by the test.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { NO_STREAM, type StreamInfo } from '../../../server/protocol/media.ts';
import type { VideoPlan } from '../../../web-components/publish/adaptation.ts';
import { Publisher, type PublisherState } from '../../../web-components/publish/publisher.ts';
import type { ConnectionState, SendPath, SendPathOptions } from '../../../web-components/publish/send-path.ts';
import type { Joined, Signalling } from '../../../web-components/publish/signalling.ts';

class PlayedPath implements SendPath {
  connection: ConnectionState = 'new';
  isClosed = false;
  restarts = 0;
  restartWorks = true;
  adoptWorks = true;
  adopted = 0;
  readonly replaced: MediaStreamTrack[] = [];
  readonly paused: string[] = [];
  readonly plans: VideoPlan[] = [];
  readonly packed: number[] = [];
  report: [string, unknown][] = [];
  readonly producerIds: string[];
  readonly transportId: string;
  readonly options: SendPathOptions;

  constructor(options: SendPathOptions, index: number) {
    this.options = options;
    this.transportId = `transport-${index}`;
    this.producerIds = [`video-${index}`, `audio-${index}`];
  }

  turn(state: ConnectionState): void {
    this.connection = state;
    this.options.onConnection(state);
  }

  async restartIce(): Promise<void> {
    this.restarts += 1;
    if (!this.restartWorks) throw new Error('no such transport');
    this.turn('connected');
  }

  async adopt(): Promise<void> {
    if (!this.adoptWorks) throw new Error('no such transport');
    this.adopted += 1;
  }

  async replaceTrack(_kind: string, track: MediaStreamTrack): Promise<void> {
    this.replaced.push(track);
  }

  async setPaused(kind: string, reason: string | null): Promise<void> {
    this.paused.push(`${kind} ${reason}`);
  }

  async shape(plan: VideoPlan): Promise<void> {
    this.plans.push(plan);
  }

  async packSound(opusPacketMs: number): Promise<void> {
    this.packed.push(opusPacketMs);
  }

  async stats(): Promise<Iterable<[string, unknown]>> {
    return this.report;
  }

  close(): void {
    this.isClosed = true;
  }
}

const track = (kind: 'audio' | 'video', id = kind): MediaStreamTrack => ({ kind, id }) as MediaStreamTrack;
const tracks = { audio: track('audio'), video: track('video') };

function setUp() {
  const states: string[] = [];
  const paths: PlayedPath[] = [];
  let joinFails: unknown = null;
  let connects = true;
  let openFails: unknown = null;
  let stream: StreamInfo = { ...NO_STREAM, epoch: 1 };
  const join = vi.fn<() => Promise<Joined>>(async () => {
    if (joinFails) throw joinFails;
    return { rtpCapabilities: {}, stream };
  });
  const publisher = new Publisher({
    signalling: { join, send: vi.fn<() => Promise<never>>() } as unknown as Signalling,
    onState: (state: PublisherState) => states.push(state.name === 'reconnecting' ? `reconnecting ${state.step}` : state.name === 'stopped' ? `stopped ${state.reason}` : state.name),
    open: async (options) => {
      if (openFails) throw openFails;
      const path = new PlayedPath(options, paths.length);
      paths.push(path);
      if (connects) path.connection = 'connected';
      return path;
    },
  });
  return {
    publisher,
    states,
    paths,
    join,
    failOpen: (error: unknown) => (openFails = error),
    setStream: (info: StreamInfo) => (stream = info),
    failJoin: (error: unknown) => (joinFails = error),
    setConnects: (value: boolean) => (connects = value),
    last: () => paths.at(-1) as PlayedPath,
  };
}

describe('publisher', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('goes live', async () => {
    const { publisher, states, paths } = setUp();
    await publisher.start(tracks, { uplinkKbps: 2000 });
    expect(states).toEqual(['connecting', 'live']);
    expect(paths).toHaveLength(1);
    publisher.stop();
    expect(paths[0]?.isClosed).toBe(true);
    expect(states.at(-1)).toBe('stopped asked');
  });

  it('lets a hole of under a second heal by itself', async () => {
    const { publisher, states, last } = setUp();
    await publisher.start(tracks, { uplinkKbps: 2000 });
    last().turn('disconnected');
    await vi.advanceTimersByTimeAsync(900);
    last().turn('connected');
    await vi.advanceTimersByTimeAsync(5000);
    expect(states).toEqual(['connecting', 'live']);
  });

  it('restarts ICE after a second without connection, on the same transport', async () => {
    const { publisher, states, paths, last } = setUp();
    await publisher.start(tracks, { uplinkKbps: 2000 });
    last().turn('disconnected');
    await vi.advanceTimersByTimeAsync(1100);
    expect(states).toEqual(['connecting', 'live', 'reconnecting ice', 'live']);
    expect(paths).toHaveLength(1);
    expect(last().restarts).toBe(1);
  });

  it('restarts ICE when the phone moves to another network', async () => {
    const { publisher, states } = setUp();
    await publisher.start(tracks, { uplinkKbps: 2000 });
    publisher.networkChanged();
    await vi.advanceTimersByTimeAsync(10);
    expect(states.slice(2)).toEqual(['reconnecting ice', 'live']);
  });

  it('takes a new transport with the same tracks when ICE does not come back', async () => {
    const { publisher, states, paths, last } = setUp();
    await publisher.start(tracks, { uplinkKbps: 2000 });
    last().restartWorks = false;
    last().turn('failed');
    await vi.advanceTimersByTimeAsync(10);
    expect(states.slice(2)).toEqual(['reconnecting ice', 'reconnecting transport', 'live']);
    expect(paths).toHaveLength(2);
    expect(paths[0]?.isClosed).toBe(true);
    expect(last().options.tracks).toEqual(tracks);
  });

  it('enters the show anew when a new transport does not connect either, and does not give up', async () => {
    const { publisher, states, paths, join, last, setConnects } = setUp();
    await publisher.start(tracks, { uplinkKbps: 2000 });
    setConnects(false);
    last().restartWorks = false;
    last().turn('failed');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(states.slice(2, 5)).toEqual(['reconnecting ice', 'reconnecting transport', 'reconnecting rejoin']);
    expect(join.mock.calls.length).toBeGreaterThan(3);
    setConnects(true);
    await vi.advanceTimersByTimeAsync(30_000);
    expect(states.at(-1)).toBe('live');
    expect(paths.filter((path) => !path.isClosed)).toHaveLength(1);
  });

  it('takes its transport along when only the socket was lost, with what was muted meanwhile', async () => {
    const { publisher, states, paths, last } = setUp();
    await publisher.start(tracks, { uplinkKbps: 2000 });
    await publisher.setPaused('audio', true);
    publisher.joined({ rtpCapabilities: {}, stream: { ...NO_STREAM, epoch: 1 } });
    await vi.advanceTimersByTimeAsync(10);
    expect(states.slice(2)).toEqual(['reconnecting ice', 'live']);
    expect(paths).toHaveLength(1);
    expect(last().adopted).toBe(1);
    expect(last().restarts).toBe(1);
    expect(last().paused).toEqual(['audio host', 'audio host', 'video null']);
  });

  it('makes a new transport at once when the socket has come back and the server has given the old one up', async () => {
    const { publisher, states, paths, last } = setUp();
    await publisher.start(tracks, { uplinkKbps: 2000 });
    last().adoptWorks = false;
    publisher.joined({ rtpCapabilities: {}, stream: { ...NO_STREAM, epoch: 1 } });
    await vi.advanceTimersByTimeAsync(10);
    expect(states.slice(2)).toEqual(['reconnecting ice', 'reconnecting transport', 'live']);
    expect(paths).toHaveLength(2);
  });

  it('makes a new transport at once when the server says that it closed this one', async () => {
    const { publisher, states, paths } = setUp();
    await publisher.start(tracks, { uplinkKbps: 2000 });
    publisher.transportClosed('transport-of-another');
    publisher.transportClosed('transport-0');
    await vi.advanceTimersByTimeAsync(10);
    expect(states.slice(2)).toEqual(['reconnecting transport', 'live']);
    expect(paths).toHaveLength(2);
  });

  it('rejoins when the stream was made anew (a worker died)', async () => {
    const { publisher, states, join, last } = setUp();
    await publisher.start(tracks, { uplinkKbps: 2000 });
    publisher.streamChanged({ ...NO_STREAM, epoch: 1, producers: last().producerIds.map((id, at) => ({ id, kind: at ? 'audio' : 'video', paused: false, pausedBy: null })) });
    publisher.streamChanged({ ...NO_STREAM, epoch: 2 });
    await vi.advanceTimersByTimeAsync(10);
    expect(states.slice(2)).toEqual(['reconnecting rejoin', 'live']);
    expect(join).toHaveBeenCalledTimes(2);
  });

  it('rejoins at once also when all it heard of its stream came before it was live', async () => {
    const { publisher, states, last, setConnects } = setUp();
    setConnects(false);
    const started = publisher.start(tracks, { uplinkKbps: 2000 });
    await vi.advanceTimersByTimeAsync(10);
    publisher.streamChanged({ ...NO_STREAM, epoch: 1, producers: last().producerIds.map((id, at) => ({ id, kind: at ? 'audio' : 'video', paused: false, pausedBy: null })) });
    setConnects(true);
    last().turn('connected');
    await started;
    publisher.streamChanged({ ...NO_STREAM, epoch: 1 });
    publisher.streamChanged({ ...NO_STREAM, epoch: 2 });
    await vi.advanceTimersByTimeAsync(10);
    expect(states).toEqual(['connecting', 'live', 'reconnecting rejoin', 'live']);
  });

  it('sends again when the server has lost its producers, but waits for a newer event first', async () => {
    const { publisher, states, paths, last } = setUp();
    await publisher.start(tracks, { uplinkKbps: 2000 });
    publisher.streamChanged({ ...NO_STREAM, epoch: 1 });
    await vi.advanceTimersByTimeAsync(1000);
    publisher.streamChanged({ ...NO_STREAM, epoch: 1, producers: last().producerIds.map((id, at) => ({ id, kind: at ? 'audio' : 'video', paused: false, pausedBy: null })) });
    await vi.advanceTimersByTimeAsync(3000);
    expect(states).toEqual(['connecting', 'live']);
    publisher.streamChanged({ ...NO_STREAM, epoch: 1 });
    await vi.advanceTimersByTimeAsync(1600);
    expect(paths).toHaveLength(2);
  });

  it('stops when another phone takes over, and takes it back only when asked', async () => {
    const { publisher, states, paths } = setUp();
    await publisher.start(tracks, { uplinkKbps: 2000 });
    publisher.replaced();
    await vi.advanceTimersByTimeAsync(20_000);
    expect(states.at(-1)).toBe('stopped replaced');
    expect(paths).toHaveLength(1);
    await publisher.start(tracks, { uplinkKbps: 2000 });
    expect(states.at(-1)).toBe('live');
  });

  it('asks instead of taking the show from another phone, unless the host has said so', async () => {
    const { publisher, states, paths, failOpen } = setUp();
    failOpen(Object.assign(new Error('taken'), { code: 'publish.taken' }));
    await publisher.start(tracks, { uplinkKbps: 2000 });
    expect(states).toEqual(['connecting', 'stopped taken']);
    publisher.reset();
    expect(publisher.state.name).toBe('idle');
    failOpen(null);
    await publisher.start(tracks, { uplinkKbps: 2000 }, { takeOver: true });
    expect(paths.at(-1)?.options.takeOver).toBe(true);
  });

  it('takes over from itself without a question, as it was before a reload, and from nobody else', async () => {
    const own = setUp();
    own.setStream({ ...NO_STREAM, epoch: 1, producers: [{ id: 'mine', kind: 'video', paused: false, pausedBy: null }] });
    await own.publisher.start(tracks, { uplinkKbps: 2000 }, { ownProducerIds: ['mine'] });
    expect(own.last().options.takeOver).toBe(true);
    const foreign = setUp();
    foreign.setStream({ ...NO_STREAM, epoch: 1, producers: [{ id: 'theirs', kind: 'video', paused: false, pausedBy: null }] });
    await foreign.publisher.start(tracks, { uplinkKbps: 2000 }, { ownProducerIds: ['mine'] });
    expect(foreign.last().options.takeOver).toBe(false);
  });

  it('gives up when another phone has taken over while it was away', async () => {
    const { publisher, states, last, failOpen } = setUp();
    await publisher.start(tracks, { uplinkKbps: 2000 });
    failOpen(Object.assign(new Error('taken'), { code: 'publish.taken' }));
    last().adoptWorks = false;
    publisher.joined({ rtpCapabilities: {}, stream: { ...NO_STREAM, epoch: 1 } });
    await vi.advanceTimersByTimeAsync(10);
    expect(states.at(-1)).toBe('stopped replaced');
  });

  it('tries TCP when a path over UDP does not come to be', async () => {
    const { publisher, paths, setConnects } = setUp();
    setConnects(false);
    void publisher.start(tracks, { uplinkKbps: 2000 });
    await vi.advanceTimersByTimeAsync(12_000);
    setConnects(true);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(paths[0]?.options.forceTcp).toBe(false);
    expect(paths[1]?.options.forceTcp).toBe(true);
  });

  it('stops the picture for the network’s sake and goes on with the voice', async () => {
    const { publisher, last } = setUp();
    await publisher.start(tracks, { uplinkKbps: 300 });
    last().report = [
      ['p', { type: 'candidate-pair', nominated: true, availableOutgoingBitrate: 40_000 }],
      ['v', { type: 'outbound-rtp', kind: 'video', timestamp: 1, active: true, framesPerSecond: 5, frameHeight: 180 }],
    ];
    await vi.advanceTimersByTimeAsync(12_000);
    expect(publisher.isPictureStopped).toBe(true);
    expect(last().paused).toEqual(['video network']);
    expect(last().plans.some((plan) => plan.every((layer) => !layer.active))).toBe(true);
  });

  it('obeys the server’s advice on the large layer and on packets of sound', async () => {
    const { publisher, last } = setUp();
    await publisher.start(tracks, { uplinkKbps: 3000, cores: 8 });
    await publisher.advised(400, 60);
    expect(last().plans.at(-1)?.at(-1)?.maxBitrate).toBe(400_000);
    expect(last().packed).toEqual([60]);
    await publisher.advised(400, 60);
    expect(last().packed).toEqual([60]);
  });

  it('stops with the code when the show has ended', async () => {
    const { publisher, states, failJoin } = setUp();
    failJoin(Object.assign(new Error('ended'), { code: 'show.ended' }));
    await publisher.start(tracks, { uplinkKbps: 2000 });
    expect(states).toEqual(['connecting', 'stopped refused']);
    expect(publisher.state).toMatchObject({ code: 'show.ended' });
  });

  it('keeps a flipped camera and a muted microphone through a new transport', async () => {
    const { publisher, paths, last } = setUp();
    await publisher.start(tracks, { uplinkKbps: 2000 });
    const other = track('video', 'other' as 'video');
    await publisher.replaceTrack(other);
    await publisher.setPaused('audio', true);
    expect(last().replaced).toEqual([other]);
    expect(last().paused).toEqual(['audio host']);
    last().adoptWorks = false;
    publisher.joined({ rtpCapabilities: {}, stream: { ...NO_STREAM, epoch: 1 } });
    await vi.advanceTimersByTimeAsync(10);
    expect(paths).toHaveLength(2);
    expect(last().options.tracks.video).toBe(other);
    expect(last().options.paused).toEqual({ audio: 'host', video: null });
  });

  it('leaves nothing open when it is stopped in the middle of reconnecting', async () => {
    const { publisher, states, paths, setConnects } = setUp();
    await publisher.start(tracks, { uplinkKbps: 2000 });
    setConnects(false);
    publisher.joined({ rtpCapabilities: {}, stream: { ...NO_STREAM, epoch: 1 } });
    await vi.advanceTimersByTimeAsync(10);
    publisher.stop();
    await vi.advanceTimersByTimeAsync(30_000);
    expect(states.at(-1)).toBe('stopped asked');
    expect(paths.every((path) => path.isClosed)).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
  });
});
