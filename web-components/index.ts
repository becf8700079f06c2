// Owns the viewer's bundle: registers its elements, the provider before those that ask it. Ordering and chat are loaded after the first picture.
import { FieldcastLive } from './live/fieldcast-live.ts';
import { loadLate, loadLateWhenSeen } from './live/late-elements.ts';
import { FieldcastPlayer } from './player/index.ts';
import { FieldcastShelf } from './shelf/index.ts';
import { FieldcastShow, type ShowEvent } from './show/index.ts';
import { define } from './ui/index.ts';

define('fieldcast-show', FieldcastShow);
define('fieldcast-live', FieldcastLive);
define('fieldcast-player', FieldcastPlayer);
define('fieldcast-shelf', FieldcastShelf);

/** A page without a picture to wait for still gets its checkout, also inside elements of its own, where it is not seen. */
const PATIENCE_MS = 3_000;

FieldcastPlayer.loadCaptions = () => loadLate('captions');
FieldcastPlayer.loadStage = async () => void (await Promise.all([loadLate('room'), loadLate('promotions')]));

if (typeof document !== 'undefined') {
  loadLateWhenSeen();
  setTimeout(() => void loadLate('checkout'), PATIENCE_MS);
  const whenSettled = ({ detail }: ShowEvent<'fieldcast-state-change'>) => {
    if (detail.state === 'connecting') return;
    document.removeEventListener('fieldcast-state-change', whenSettled);
    void loadLate('checkout');
  };
  document.addEventListener('fieldcast-state-change', whenSettled);
}

export { FieldcastLive, FieldcastPlayer, FieldcastShelf, FieldcastShow };
export type { FieldcastChat } from './chat/index.ts';
export type { FieldcastCheckout, FieldcastOrder } from './checkout/index.ts';
export type { HostCallbacks, HostCart, HostCheckout, HostLine, HostProduct, HostProductQuery, HostReason, HostRefusal, HostResult } from './host-shop/callbacks.ts';
export type { PlayerPath, PlayerState, ShowEvent, ShowEventDetails, ShowEventName, ShowMoment } from './show/index.ts';
