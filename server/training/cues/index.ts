// Owns the words before a seller's eyes: cue cards of products, scripts of shows. Wiring only.
import type { Audience } from '../../audience/index.ts';
import type { Live } from '../../live/index.ts';
import type { Caller } from '../../platform/auth.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/database.ts';
import type { Route } from '../../platform/http/route.ts';
import type { Show } from '../../protocol/show.ts';
import type { Shop } from '../../shop/index.ts';
import type { Prompting } from '../prompting.ts';
import { Cards } from './cards.ts';
import { PastShows } from './past-shows.ts';
import { cueRoutes } from './routes.ts';
import { Scripts } from './scripts.ts';

export interface CuesDeps {
  database: Database;
  clock: Clock;
  shop: Pick<Shop, 'practice' | 'sales'>;
  live: Pick<Live, 'goods' | 'shows' | 'room'>;
  audience: Pick<Audience, 'record'>;
  prompting: Prompting;
  /** Whether the host's page is to measure in this show. */
  isMeasured: (show: Show) => Promise<boolean>;
  /** Whether this caller may look into another show of a host whose show they are in. */
  maySee: (caller: Caller, show: Show) => Promise<boolean>;
}

export function createCues(deps: CuesDeps): { routes: readonly Route[] } {
  const { shop, live, audience, prompting, isMeasured, maySee } = deps;
  const cards = new Cards(deps);
  const scripts = new Scripts(deps);
  const past = new PastShows({ shows: live.shows, goods: live.goods, sales: shop.sales, practice: shop.practice, audience, cards, scripts });
  const changed = (showId: string): void => {
    live.room.sendToHost(showId, 'cues.changed', {});
    live.room.sendToCoaches(showId, 'cues.changed', {});
  };
  return { routes: cueRoutes({ prompting, goods: live.goods, practice: shop.practice, cards, scripts, past, isMeasured, maySee, changed }) };
}
