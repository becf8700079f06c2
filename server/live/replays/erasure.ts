// Owns the end of a show for good: recording, record of pins, shelf, links, sessions and the buyers' data go; orders stay as numbers.
import { sql, type Transaction } from 'kysely';
import type { Show } from '../../protocol/show.ts';
import type { Bus } from '../../platform/events.ts';
import type { Database } from '../../platform/db/database.ts';
import { FieldcastError } from '../../platform/errors.ts';
import type { Logger } from '../../platform/log.ts';
import { eraseBuyers, erasePromotions, requireNoOpenOrders } from '../../shop/index.ts';
import type { LiveFacts } from '../facts.ts';
import type { LiveTables } from '../tables.ts';
import type { ShowViews } from '../view.ts';

type ShopTransaction = Parameters<typeof eraseBuyers>[0];

export interface ErasureDeps {
  database: Database;
  views: Pick<ShowViews, 'withhold'>;
  /** Deletes a recording; false when there is none. */
  remove: (showId: string) => Promise<boolean>;
  bus: Bus<LiveFacts>;
  log: Logger;
}

export class Erasure {
  readonly #deps: ErasureDeps;

  constructor(deps: ErasureDeps) {
    this.#deps = deps;
  }

  /**
   * Deletes a show that is not on the air.
   * @throws FieldcastError `show.wrong-state` while it is; `show.open-orders` (params `count`) while orders are open.
   */
  async erase(show: Show): Promise<void> {
    const { database, views, remove, bus, log } = this.#deps;
    // An order that has seen the show is in the queue of writes by now and counts as open; one that comes later finds no show.
    const release = views.withhold(show.id);
    try {
      await database.write<LiveTables, void>((transaction) => requireOver(transaction, show));
      // Before the rows: whatever fails after this, the operator still finds the show and can delete the rest.
      await remove(show.id);
      await database.write<LiveTables, void>(async (transaction) => {
        await requireOver(transaction, show);
        await eraseBuyers(asShop(transaction), show.id);
        await erasePromotions(asShop(transaction), show.id);
        await eraseShow(transaction, show.id);
        // A practice seller has no other show, and goes with it.
        if (show.kind === 'rehearsal') await transaction.deleteFrom('staff_acts').where('seller_id', '=', show.sellerId).execute();
      });
    } finally {
      release();
    }
    log.info({ showId: show.id }, 'show deleted with its personal data');
    bus.emit('show.deleted', { showId: show.id });
  }
}

/** @throws FieldcastError `show.wrong-state`, `show.open-orders`, `not-found` when it has been deleted meanwhile. */
async function requireOver(transaction: Transaction<LiveTables>, { id, kind }: Show): Promise<void> {
  const show = await transaction.selectFrom('shows').select('status').where('id', '=', id).executeTakeFirst();
  if (!show) throw new FieldcastError('not-found', 'There is no such show.');
  if (show.status === 'live' || show.status === 'paused') throw new FieldcastError('show.wrong-state', 'End the show before you delete it.');
  // Nobody waits for what was ordered in a rehearsal.
  if (kind === 'live') await requireNoOpenOrders(asShop(transaction), id);
}

/** One transaction for both: the shop knows its own tables only. */
function asShop(transaction: Transaction<LiveTables>): ShopTransaction {
  return transaction as unknown as ShopTransaction;
}

async function eraseShow(transaction: Transaction<LiveTables>, showId: string): Promise<void> {
  const linksOfShow = transaction.selectFrom('links').select('id').where('show_id', '=', showId);
  await transaction
    .deleteFrom('sessions')
    .where('role', '=', 'helper')
    .where((eb) => eb.or([eb('show_id', '=', showId), eb('link_id', 'in', linksOfShow)]))
    .execute();
  // A host's phone stays signed in: its rights are the person's, not the show's, as long as the person has another show.
  await transaction
    .deleteFrom('sessions')
    .where('link_id', 'in', linksOfShow)
    .where('identity', 'not in', (eb) => eb.selectFrom('shows').select('host_id').where('id', '!=', showId))
    .execute();
  await transaction
    .updateTable('sessions')
    .set({ show_id: null, link_id: sql<null>`null` })
    .where('link_id', 'in', linksOfShow)
    .execute();
  await transaction.deleteFrom('links').where('show_id', '=', showId).execute();
  await transaction.deleteFrom('shelf_items').where('show_id', '=', showId).execute();
  await transaction.deleteFrom('pin_log').where('show_id', '=', showId).execute();
  await transaction.deleteFrom('shows').where('id', '=', showId).execute();
}
