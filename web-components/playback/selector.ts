// Owns the choice of engine: the first in the list that can play here, the next one when it gives up.
import type { Engine, EngineKind, EngineSink, StreamSource } from './engine.ts';
import { webrtcEngine } from './webrtc-engine.ts';

/** Engines in order of preference. */
const engines: readonly EngineKind[] = [webrtcEngine];

/** Opens playback of a source. The sink hears `failed` only when no engine is left. */
export function openPlayback(source: StreamSource, sink: EngineSink, kinds: readonly EngineKind[] = engines): Engine {
  const left = kinds.filter((kind) => kind.canPlay());
  let current: Engine | null = null;
  let isVisible = true;
  let isClosed = false;

  function next(): void {
    current?.close();
    current = null;
    const kind = left.shift();
    if (!kind) {
      sink.onPhase('failed');
      return;
    }
    current = kind.open(source, { ...sink, onPhase: (phase) => (phase === 'failed' ? queueMicrotask(() => isClosed || next()) : sink.onPhase(phase)) });
    if (!isVisible) current.setVisible(false);
  }

  next();
  return {
    update: () => current?.update(),
    setVisible(visible) {
      isVisible = visible;
      current?.setVisible(visible);
    },
    close() {
      isClosed = true;
      current?.close();
    },
  };
}
