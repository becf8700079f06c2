// Owns the facts that live publishes on the bus.
import type { Role } from '../protocol/access.ts';
import type { ReplayState } from '../protocol/replay.ts';
import type { Product } from '../protocol/shop.ts';
import type { Show } from '../protocol/show.ts';

export interface LiveFacts {
  /** There is a new show that has not begun. */
  'show.planned': { show: Show };
  /** Status, title or times of a show changed, committed. */
  'show.changed': { show: Show };
  /** Somebody gave out a link of a show. */
  'link.made': { linkId: string; showId: string; role: Role; identity: string; name: string; by: Role };
  /** A connection of a viewer has joined a show: for the first time, in a second tab, or again. */
  'viewer.joined': { showId: string; identity: string };
  /** A coach has come into a show with a connection, or left it with one. */
  'coach.came': { showId: string };
  'coach.left': { showId: string; identity: string };
  /** Some who were let into a show are not any more. */
  'admissions.ended': { showId: string };
  /** A show's replay began to be recorded, can be watched, or is gone. */
  'replay.changed': { showId: string; state: ReplayState };
  /** A show was erased. Whoever keeps more of it than a table that refers to `shows` with `on delete cascade` erases that now. */
  'show.deleted': { showId: string };
  /** A product came onto a shelf. */
  'product.shelved': { showId: string; product: Product };
  /** Order of the shelf changed. */
  'shelf.changed': { showId: string };
  /** A link was revoked, or lets its helper do something else. */
  'link.changed': { linkId: string };
  /** Pins changed. */
  'pins.changed': { showId: string };
}
