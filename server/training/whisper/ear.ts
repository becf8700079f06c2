// Owns the one rule of who may hear a whisper. It is asked where the only consumers of a whispered stream are made, in
// `server/media/private-stream.ts`; no other way leads to that stream.
import type { Show } from '../../protocol/show.ts';
import { isHostOf } from '../../live/index.ts';
import type { Caller } from '../../platform/auth.ts';

/** The host of this show, and nobody else: no viewer, helper, operator or coach, and no host of another show. */
export function mayHear(show: Pick<Show, 'id' | 'hostId'>): (caller: Caller) => boolean {
  return (caller) => caller.claims.role === 'host' && isHostOf(caller, show);
}
