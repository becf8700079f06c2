// Owns the viewer's bundle: registers its elements, the provider before those that ask it. Ordering is loaded after the first picture.
import { loadCheckout, loadCheckoutWhenSeen } from './live/checkout-loader.ts';
import { FieldcastLive } from './live/fieldcast-live.ts';
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

if (typeof document !== 'undefined') {
  loadCheckoutWhenSeen();
  setTimeout(() => void loadCheckout(), PATIENCE_MS);
  const whenSettled = ({ detail }: ShowEvent<'fieldcast-state-change'>) => {
    if (detail.state === 'connecting') return;
    document.removeEventListener('fieldcast-state-change', whenSettled);
    void loadCheckout();
  };
  document.addEventListener('fieldcast-state-change', whenSettled);
}

export { FieldcastLive, FieldcastPlayer, FieldcastShelf, FieldcastShow };
export type { FieldcastCheckout, FieldcastOrder } from './checkout/index.ts';
export type { PlayerPath, PlayerState, ShowEvent, ShowEventDetails, ShowEventName, ShowMoment } from './show/index.ts';
