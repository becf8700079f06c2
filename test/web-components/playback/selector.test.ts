// Owns which way of receiving is chosen, and when the next one is tried.
import { describe, expect, it } from 'vitest';
import type { EngineKind, EnginePhase, EngineSink, StreamSource } from '../../../web-components/playback/engine.ts';
import { openPlayback } from '../../../web-components/playback/selector.ts';

function engineOf(name: string, canPlay = true) {
  const made = { name, sink: null as EngineSink | null, isOpen: false, isVisible: true };
  const kind: EngineKind = {
    name,
    canPlay: () => canPlay,
    open(_source, sink) {
      Object.assign(made, { sink, isOpen: true });
      return {
        update: () => undefined,
        setVisible: (isVisible) => void (made.isVisible = isVisible),
        close: () => void (made.isOpen = false),
      };
    },
  };
  return { made, kind };
}

function listen() {
  const phases: EnginePhase[] = [];
  const sink: EngineSink = { onMedia: () => undefined, onPath: () => undefined, onPhase: (phase) => phases.push(phase) };
  return { phases, sink };
}

const source = {} as StreamSource;
const settled = () => new Promise<void>((resolve) => queueMicrotask(resolve));

describe('openPlayback', () => {
  it('takes the first engine that can play here', () => {
    const [unable, able] = [engineOf('a', false), engineOf('b')];
    openPlayback(source, listen().sink, [unable.kind, able.kind]);
    expect([unable.made.isOpen, able.made.isOpen]).toEqual([false, true]);
  });

  it('goes on with the next one when an engine gives up, as visible as before', async () => {
    const [first, second] = [engineOf('a'), engineOf('b')];
    const { phases, sink } = listen();
    openPlayback(source, sink, [first.kind, second.kind]).setVisible(false);
    first.made.sink?.onPhase('connecting');
    first.made.sink?.onPhase('failed');
    await settled();
    expect([first.made.isOpen, second.made.isOpen, second.made.isVisible]).toEqual([false, true, false]);
    expect(phases).toEqual(['connecting']);
  });

  it('says that it has failed only when no engine is left, and never after it was closed', async () => {
    const only = engineOf('a');
    const { phases, sink } = listen();
    const playback = openPlayback(source, sink, [only.kind]);
    only.made.sink?.onPhase('failed');
    await settled();
    expect(phases).toEqual(['failed']);
    const other = engineOf('b');
    const closed = listen();
    const second = openPlayback(source, closed.sink, [other.kind]);
    other.made.sink?.onPhase('failed');
    second.close();
    playback.close();
    await settled();
    expect(closed.phases).toEqual([]);
  });
});
