// Owns engines that do what a test says, and a sink that writes down what it hears.
import { vi } from 'vitest';
import type { Engine, EngineKind, EnginePath, EnginePhase, EngineSink, Showable, StreamSource } from '../../../web-components/playback/engine.ts';

/** An engine kind whose engines are told what to say. `opened` has one entry for each opening. */
export function fakeKind(name: string, options: { canPlay?: boolean } = {}) {
  const opened: { sink: EngineSink; isOpen: boolean; isVisible: boolean; updates: number }[] = [];
  const kind: EngineKind = {
    name,
    canPlay: () => options.canPlay ?? true,
    open(_source, sink): Engine {
      const made = { sink, isOpen: true, isVisible: true, updates: 0 };
      opened.push(made);
      return {
        update: () => void (made.updates += 1),
        setVisible: (isVisible) => void (made.isVisible = isVisible),
        pictureAt: () => 12_345,
        receivedBytes: async () => 1_000,
        close: () => void (made.isOpen = false),
      };
    },
  };
  return {
    kind,
    opened,
    /** The engine opened last. */
    get last() {
      const made = opened.at(-1);
      if (!made) throw new Error(`${name} has not been opened`);
      return made;
    },
    get isOpen() {
      return opened.at(-1)?.isOpen ?? false;
    },
    /** The engine opened last has its picture, or says something else. */
    say(phase: EnginePhase) {
      opened.at(-1)?.sink.onPhase(phase);
    },
  };
}

export function fakeSource(part: Partial<StreamSource> = {}): StreamSource {
  return {
    request: vi.fn<StreamSource['request']>(),
    stream: { epoch: 1, producers: [{ id: 'p', kind: 'video', paused: false, pausedBy: null }], hls: true, recording: 'off' },
    rtpCapabilities: {},
    connectionCount: 1,
    hlsUrl: 'http://server/hls/shw/index.m3u8',
    on: () => () => undefined,
    wish: () => ({ picture: 'full', isBuying: false }),
    followPicture: () => undefined,
    resync: async () => undefined,
    ...part,
  };
}

/** What a player hears; functions that attach are called with `video`, as a player does. */
export function fakeSink(video = { srcObject: null } as HTMLVideoElement) {
  const heard = { phases: [] as EnginePhase[], paths: [] as EnginePath[], levels: [] as string[], places: [] as number[], media: [] as Showable[], video };
  const sink: EngineSink = {
    onPhase: (phase) => heard.phases.push(phase),
    onPath: (path) => heard.paths.push(path),
    onAllotted: ({ level }) => heard.levels.push(level),
    onPlace: (place) => heard.places.push(place),
    onMedia(media) {
      heard.media.push(media);
      if (typeof media === 'function') media(video);
    },
  };
  return { heard, sink };
}
