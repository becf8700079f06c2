// Owns the call for a replay's facts: what is in it, and where its playlist is now.
import { readReplay } from '../../../server/protocol/endpoints.ts';
import type { Replay } from '../../../server/protocol/replay.ts';
import { failure, type Outcome, type Visit } from '../../show/index.ts';

/** A replay that can be watched. A gated one's `hlsUrl` holds a pass, which runs out: ask again for a fresh one. */
export async function fetchReplay({ client, showId }: Visit): Promise<Outcome<Replay & { hlsUrl: string }>> {
  const outcome = await client.call(readReplay, { params: { showId } });
  if (!outcome.ok) return outcome;
  const { hlsUrl } = outcome.value;
  return hlsUrl === null ? failure('replay.not-found', 'it is still being recorded', 404) : { ok: true, value: { ...outcome.value, hlsUrl } };
}
