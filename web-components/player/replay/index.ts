// Owns what is loaded when a show can be watched again: its replay's facts, and the element that plays it.
import { isRetryable, momentIn, type Visit } from '../../show/index.ts';
import { define } from '../../ui/index.ts';
import { FieldcastReplay } from './fieldcast-replay.ts';
import { fetchReplay } from './fetch-replay.ts';

const RETRY_MS = 3_000;

define('fieldcast-replay', FieldcastReplay);

/**
 * Puts the show's replay into the visit, and takes it out when it is deleted.
 * @param start seconds to begin at; when it is empty, the page's address may name a moment
 */
export async function openReplay(visit: Visit, start: string): Promise<void> {
  const { store, playhead } = visit;
  const isThere = () => store.snapshot?.show.status === 'ended' && store.snapshot.replay === 'ready';
  store.subscribe(() => {
    if (!isThere() && playhead.replay) playhead.set({ replay: null, pins: [], chapter: null });
    else if (isThere() && !playhead.replay) void load();
  });
  let isLoading = false;
  async function load(): Promise<void> {
    if (isLoading) return;
    isLoading = true;
    const outcome = await fetchReplay(visit);
    isLoading = false;
    if (!isThere()) return;
    if (outcome.ok) {
      const wished = (start === '' ? momentIn(location.href) : Number(start) * 1000) ?? 0;
      // A page's own `?t=` may mean something else.
      playhead.timeMs = wished >= 0 && wished < outcome.value.durationMs ? wished : 0;
      playhead.set({ replay: outcome.value });
    } else if (isRetryable(outcome.error)) setTimeout(() => void load(), outcome.error.retryAfterMs ?? RETRY_MS);
  }
  await load();
}
