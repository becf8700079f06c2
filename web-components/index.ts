// Owns the viewer's bundle: registers its elements, the provider before those that ask it, and exports their classes.
import { FieldcastCheckout, FieldcastOrder } from './checkout/index.ts';
import { FieldcastLive } from './live/fieldcast-live.ts';
import { FieldcastPlayer } from './player/index.ts';
import { FieldcastShelf } from './shelf/index.ts';
import { FieldcastShow } from './show/index.ts';
import { define } from './ui/index.ts';

define('fieldcast-show', FieldcastShow);
define('fieldcast-live', FieldcastLive);
define('fieldcast-player', FieldcastPlayer);
define('fieldcast-shelf', FieldcastShelf);
define('fieldcast-checkout', FieldcastCheckout);
define('fieldcast-order', FieldcastOrder);

export { FieldcastCheckout, FieldcastLive, FieldcastOrder, FieldcastPlayer, FieldcastShelf, FieldcastShow };
export type { PlayerPath, PlayerState, ShowEvent, ShowEventDetails, ShowEventName, ShowMoment } from './show/index.ts';
