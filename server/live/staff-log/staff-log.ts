// Owns the log of what the staff did: kept by seller for a year, read newest first.
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/database.ts';
import type { EndpointCallMade } from '../../platform/http/route.ts';
import type { Logger } from '../../platform/log.ts';
import type { StaffAct } from '../../protocol/staff-log.ts';
import type { LiveTables } from '../tables.ts';
import { saidOf } from './told.ts';

const KEPT_MS = 365 * 24 * 3600_000;
const READ_LIMIT = 200;

/** What a call may name in its path or query. */
type Named = { showId?: string; sellerId?: string; linkId?: string; promotionId?: string } | undefined;

export interface StaffLogDeps {
  database: Database;
  clock: Clock;
  log: Logger;
  /** Undefined for a show that is gone. */
  sellerOfShow: (showId: string) => Promise<string | undefined>;
  showOfPromotion: (promotionId: string) => Promise<string>;
  sellerOfVariant: (variantId: string) => Promise<string>;
  findLink: (linkId: string) => Promise<{ name: string; show_id: string | null } | undefined>;
}

export class StaffLog {
  readonly #deps: StaffLogDeps;

  constructor(deps: StaffLogDeps) {
    this.#deps = deps;
  }

  /** Keeps a call that has been carried out, if it is one to keep. Never throws: what was done is done. */
  async note(call: EndpointCallMade): Promise<void> {
    const { database, clock, log } = this.#deps;
    try {
      const said = saidOf(call);
      if (!said) return;
      const { showId, linkId, promotionId, sellerId: named } = { ...(call.query as Named), ...(call.params as Named) };
      const link = linkId === undefined ? undefined : await this.#deps.findLink(linkId);
      const ofShow = showId ?? link?.show_id ?? (promotionId === undefined ? undefined : await this.#deps.showOfPromotion(promotionId));
      const ofVariant = said.variantId === undefined ? undefined : await this.#deps.sellerOfVariant(said.variantId);
      const sellerId = said.sellerId ?? named ?? ofVariant ?? (ofShow === undefined ? undefined : await this.#deps.sellerOfShow(ofShow));
      if (sellerId === undefined) return;
      const { role, name } = call.caller.claims;
      const now = clock.now();
      await database.write<LiveTables, void>(async (transaction) => {
        await transaction
          .insertInto('staff_acts')
          .values({ seller_id: sellerId, at: now, by_role: role, by_name: name ?? '', action: said.action, about: said.about || (link?.name ?? ''), changes: JSON.stringify(said.changes ?? {}) })
          .execute();
        await transaction.deleteFrom('staff_acts').where('seller_id', '=', sellerId).where('at', '<', now - KEPT_MS).execute();
      });
    } catch (error) {
      log.error({ err: error }, 'the log of the staff could not be written');
    }
  }

  /** Newest first. */
  async of(sellerId: string): Promise<StaffAct[]> {
    const rows = await this.#deps.database
      .read<LiveTables>()
      .selectFrom('staff_acts')
      .selectAll()
      .where('seller_id', '=', sellerId)
      .orderBy('position', 'desc')
      .limit(READ_LIMIT)
      .execute();
    return rows.map(({ at, by_role: byRole, by_name: byName, action, about, changes }) => ({ at, byRole, byName, action, about, changes: JSON.parse(changes) }));
  }
}
