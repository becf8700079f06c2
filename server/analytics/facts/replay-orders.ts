// Owns which orders after a show came from its replay: placed by somebody whose device has watched it.
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/database.ts';
import type { Show } from '../../protocol/show.ts';
import type { ShopFacts } from '../../shop/index.ts';
import type { People } from '../intake/people.ts';
import type { Books } from '../store/books.ts';
import type { AnalyticsTables } from '../store/tables.ts';

export interface ReplayOrdersDeps {
  database: Database;
  books: Books;
  people: People;
  clock: Clock;
  findShow: (showId: string) => Promise<Show | undefined>;
  attributionDays: number;
}

export async function noteReplayOrder({ order, identity }: ShopFacts['order.placed'], deps: ReplayOrdersDeps): Promise<void> {
  const show = await deps.findShow(order.showId);
  if (!show || show.endedAt === null) return;
  const book = await deps.books.open(show);
  const watched = book.ofPerson(deps.people.inShow(show.id, identity))?.story.entry('replay');
  if (!watched || watched.lastAt < deps.clock.now() - deps.attributionDays * 24 * 3600_000) return;
  await deps.database.write<AnalyticsTables, void>(async (transaction) => {
    await transaction.insertInto('replay_orders').values({ show: book.show, order_id: order.id }).onConflict((conflict) => conflict.doNothing()).execute();
  });
}
