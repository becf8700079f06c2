// Owns a recording for tests of what is made of one: stretches one after the other, on clocks that agree.
import type { Recording } from '../../../../server/media/index.ts';

/** @param stretches each with its beginning on the server's clock and its length, ms */
export function recordingOf(stretches: readonly { at: number; durationMs: number }[], more: Partial<Recording> = {}): Recording {
  let startMs = 0;
  const placed = stretches.map(({ at, durationMs }) => {
    const stretch = { startMs, durationMs, at, width: 640, height: 360 };
    startMs += durationMs;
    return stretch;
  });
  const first = placed[0]!;
  const last = placed.at(-1)!;
  return {
    streamId: 'shw_test',
    startedAt: first.at,
    durationMs: startMs,
    bytes: 1_000_000,
    stretches: placed,
    isRecording: false,
    toReplayMs(serverMs) {
      const stretch = placed.find(({ at, durationMs }) => serverMs < at + durationMs) ?? last;
      return stretch.startMs + Math.min(stretch.durationMs, Math.max(0, serverMs - stretch.at));
    },
    toServerMs(replayMs) {
      const stretch = placed.findLast((each) => each.startMs <= replayMs) ?? first;
      return stretch.at + Math.min(stretch.durationMs, Math.max(0, replayMs - stretch.startMs));
    },
    ...more,
  };
}
