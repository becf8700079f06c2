// Owns which screen the studio is on: from the way in and the show being sent to one word.
import type { Session, Show } from '../../server/protocol/index.ts';
import type { InAppBrowser } from '../publish/index.ts';
import type { Failure } from '../show/index.ts';
import type { OpenShow } from './open-show.ts';

/**
 * - `opening`, `leave-app`, `failed`, `pick`: on the way in; `other-person`: is it still who is signed in?
 * - `greeting`: the camera is off; `ready`: checks before going live
 * - `connecting`, `live`, `reconnecting`: sending; `replaced`: another phone sends; `taken`: is it to be replaced?; `refused`: the server will not have it
 * - `ended`: over. `desk`: a helper, who has shelf and orders but no camera
 */
export type StudioState = 'opening' | 'leave-app' | 'failed' | 'pick' | 'other-person' | 'greeting' | 'ready' | 'connecting' | 'live' | 'reconnecting' | 'replaced' | 'taken' | 'refused' | 'ended' | 'desk';

export type Screen =
  | { name: 'opening' }
  | { name: 'leave-app'; app: InAppBrowser }
  | { name: 'failed'; error: Failure }
  | { name: 'pick'; session: Session; shows: Show[] }
  | { name: 'other-person'; session: Session; code: string | null }
  | { name: 'show'; open: OpenShow };

export function stateOf(screen: Screen): StudioState {
  if (screen.name !== 'show') return screen.name;
  const { store, onAir } = screen.open;
  if (!store.snapshot) return store.error && store.error.status >= 400 ? 'failed' : 'opening';
  if (!onAir) return 'desk';
  const sending = onAir.state;
  if (store.snapshot.show.status === 'ended') return 'ended';
  if (sending.name === 'stopped' && sending.reason !== 'asked') return sending.reason;
  // ICE notices a lost network after some seconds, the socket at once.
  if (sending.name === 'live' && !store.isCurrent) return 'reconnecting';
  if (sending.name === 'connecting' || sending.name === 'live' || sending.name === 'reconnecting') return sending.name;
  return onAir.capture === 'off' ? 'greeting' : 'ready';
}
