// Owns the first rung of the ladder: WebRTC, which most viewers never leave. The other rungs are loaded when it shows nothing.
import type { Engine, EngineKind, EnginePhase, EngineSink, Showable, StreamSource } from './engine.ts';
import type { Ladder, LadderStart } from './ladder.ts';
import { isBlockedHere } from './blocked-mark.ts';
import { webrtcEngine } from './webrtc-engine.ts';

/** How long WebRTC may show nothing before HLS starts beside it. */
const PATIENCE_MS = 2_200;

export interface Rungs {
  webrtc: EngineKind;
  /** Takes over from the first rung for good. */
  climb(start: LadderStart): Promise<Ladder>;
}

const rungs: Rungs = { webrtc: webrtcEngine, climb: (start) => import('./ladder.ts').then(({ openLadder }) => openLadder(start)) };

/** Opens playback of a source. The sink hears of one picture, whichever way it comes; `failed` only when no way is left. */
export function openPlayback(source: StreamSource, sink: EngineSink, { webrtc, climb }: Rungs = rungs): Engine {
  let running: Engine | null = null;
  let ladder: Ladder | null = null;
  let phase: EnginePhase = 'idle';
  let media: Showable | null = null;
  let isVisible = true;
  let isClosed = false;
  let isClimbing = false;
  let patience: ReturnType<typeof setTimeout> | undefined;

  const first: EngineSink = {
    onMedia(shown) {
      media = shown;
      (ladder?.first ?? sink).onMedia(shown);
    },
    onPath: (path) => (ladder?.first ?? sink).onPath(path),
    onPhase(now) {
      phase = now;
      if (now !== 'failed' || ladder) (ladder?.first ?? sink).onPhase(now);
      wait(now === 'failed' ? 0 : PATIENCE_MS);
    },
  };

  function wait(patienceMs: number): void {
    const isContent = running !== null && (phase === 'playing' || phase === 'idle');
    if (ladder || isContent) {
      clearTimeout(patience);
      patience = undefined;
    } else if (!isClimbing) {
      if (patienceMs === 0) clearTimeout(patience);
      if (patienceMs === 0 || patience === undefined) patience = setTimeout(() => void leave(), patienceMs);
    }
  }

  async function leave(): Promise<void> {
    patience = undefined;
    isClimbing = true;
    const next = await climb({ source, sink, webrtc, running, media }).catch(() => null);
    isClimbing = false;
    if (isClosed) next?.engine.close();
    // Its file did not come through: once more, unless WebRTC has got there meanwhile.
    else if (!next) wait(PATIENCE_MS);
    else {
      ladder = next;
      ladder.engine.setVisible(isVisible);
      if (running) ladder.first.onPhase(phase);
    }
  }

  if (webrtc.canPlay() && !isBlockedHere()) running = webrtc.open(source, first);
  else void leave();

  const current = () => ladder?.engine ?? running;
  return {
    update: () => current()?.update(),
    setVisible(visible) {
      isVisible = visible;
      current()?.setVisible(visible);
    },
    close() {
      isClosed = true;
      clearTimeout(patience);
      current()?.close();
    },
  };
}
