// Owns the first rung of the ladder: WebRTC, which most viewers never leave. The other rungs are loaded when it shows nothing.
import type { Allotment } from '../../server/protocol/media.ts';
import type { Engine, EngineKind, EnginePath, EnginePhase, EngineSink, Showable, StreamSource } from './engine.ts';
import type { Ladder, LadderStart } from './ladder.ts';
import { webrtcEngine } from './webrtc-engine.ts';

/** How long WebRTC may show nothing before HLS starts beside it. Half of that, and its files begin to come. */
const PATIENCE_MS = 2_200;
/** In the session's storage: WebRTC has not got through here, so the next page does not wait for it. */
const BLOCKED_MARK = 'fieldcast:webrtc-blocked';

export interface Rungs {
  webrtc: EngineKind;
  load(): Promise<{ openLadder(start: LadderStart): Ladder }>;
}

const rungs: Rungs = { webrtc: webrtcEngine, load: () => import('./ladder.ts') };

/** Opens playback of a source. The sink hears of one picture, whichever way it comes; `failed` only when no way is left. */
export function openPlayback(source: StreamSource, sink: EngineSink, { webrtc, load }: Rungs = rungs): Engine {
  let running: Engine | null = null;
  let ladder: Ladder | null = null;
  let phase: EnginePhase = 'idle';
  let media: Showable | null = null;
  let path: EnginePath | null = null;
  let allotted: Allotment | null = null;
  let isVisible = true;
  let isClosed = false;
  let isClimbing = false;
  let patience: ReturnType<typeof setTimeout> | undefined;

  const first: EngineSink = {
    onMedia(shown) {
      media = shown;
      (ladder?.first ?? sink).onMedia(shown);
    },
    onPath(now) {
      path = now;
      (ladder?.first ?? sink).onPath(now);
    },
    onAllotted(now) {
      allotted = now;
      (ladder?.first ?? sink).onAllotted(now);
    },
    onPlace: (place) => (ladder?.first ?? sink).onPlace(place),
    onPhase(now) {
      phase = now;
      if (now !== 'failed' || ladder) (ladder?.first ?? sink).onPhase(now);
      wait(now === 'failed' ? 0 : PATIENCE_MS);
    },
  };

  function wait(patienceMs: number): void {
    const isContent = running !== null && (phase === 'playing' || phase === 'idle' || phase === 'queued');
    if (ladder || isContent) {
      clearTimeout(patience);
      patience = undefined;
    } else if (!isClimbing) {
      if (patienceMs === 0) clearTimeout(patience);
      if (patienceMs > 0 && patience !== undefined) return;
      patience = setTimeout(() => {
        load().catch(() => undefined);
        patience = setTimeout(() => void leave(), patienceMs / 2);
      }, patienceMs / 2);
    }
  }

  async function leave(): Promise<void> {
    patience = undefined;
    isClimbing = true;
    const loaded = await load().catch(() => null);
    isClimbing = false;
    if (isClosed) return;
    // Its file did not come through: once more, unless WebRTC has got there meanwhile.
    if (!loaded) wait(PATIENCE_MS);
    else {
      ladder = loaded.openLadder({ source, sink, webrtc, running, media, path, rememberBlocked });
      ladder.engine.setVisible(isVisible);
      if (allotted) ladder.first.onAllotted(allotted);
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
    get isRelayed() {
      return current()?.isRelayed ?? false;
    },
    receivedBytes: async () => (await current()?.receivedBytes()) ?? 0,
    close() {
      isClosed = true;
      clearTimeout(patience);
      current()?.close();
    },
  };
}

function isBlockedHere(): boolean {
  try {
    return sessionStorage.getItem(BLOCKED_MARK) !== null;
  } catch {
    return false;
  }
}

function rememberBlocked(isBlocked: boolean): void {
  try {
    if (isBlocked) sessionStorage.setItem(BLOCKED_MARK, '1');
    else sessionStorage.removeItem(BLOCKED_MARK);
  } catch {
    // No storage in this frame: the next page finds out by itself.
  }
}
