// Owns what is to be told to shops' own systems and what came of it, as it lies in the database: a restart neither doubles nor forgets it.
import { randomBytes } from 'node:crypto';
import type { Clock } from '../../../platform/clock.ts';
import { compileOnce } from '../../../platform/db/compile-once.ts';
import type { Database } from '../../../platform/db/database.ts';
import type { WebhookDelivery, WebhookReport } from '../../../protocol/desk.ts';
import type { OrderState } from '../../../protocol/order.ts';
import type { ShopTables } from '../../schema.ts';
import { type Answer, requireTarget, type Target } from './send.ts';

/** Half a minute, one, two, ... two hours between tries: a system that is down over a night misses nothing, one that is gone is given up within a day. */
const FIRST_RETRY_MS = 30_000;
const LONGEST_RETRY_MS = 2 * 3600_000;
export const MOST_ATTEMPTS = 18;
const ROUND = 50;
const MOST_SHOWN = 100;

export interface Due extends Target {
  id: number;
  sellerId: string;
  orderId: string;
  position: number;
  state: OrderState;
  at: number;
  attempts: number;
}

export interface WebhookSettings {
  url: string;
  secret?: string | undefined;
  states: readonly OrderState[];
  isOn: boolean;
  allowsOwnNetwork: boolean;
}

const dueBy = compileOnce<ShopTables, { now: number }>()((database, param) =>
  database
    .selectFrom('webhook_deliveries as delivery')
    .innerJoin('webhooks', 'webhooks.seller_id', 'delivery.seller_id')
    .select(['delivery.id', 'delivery.seller_id as sellerId', 'order_id as orderId', 'position', 'state', 'at', 'attempts', 'url', 'secret', 'allows_own_network'])
    .where('due_at', '<=', param('now'))
    .where('is_on', '=', 1)
    .orderBy('due_at')
    .orderBy('delivery.id')
    .limit(ROUND),
);

const nextDue = compileOnce<ShopTables, object>()((database) =>
  database
    .selectFrom('webhook_deliveries')
    .innerJoin('webhooks', 'webhooks.seller_id', 'webhook_deliveries.seller_id')
    .select((eb) => eb.fn.min('due_at').as('at'))
    .where('due_at', 'is not', null)
    .where('is_on', '=', 1),
);

export class WebhookOutbox {
  readonly #database: Database;
  readonly #clock: Clock;

  constructor(deps: { database: Database; clock: Clock }) {
    this.#database = deps.database;
    this.#clock = deps.clock;
  }

  /** @returns the secret where it was made here, which is told this once. @throws FieldcastError `desk.webhook-address`. */
  async set(sellerId: string, settings: WebhookSettings): Promise<string | null> {
    requireTarget(settings);
    return this.#database.write<ShopTables, string | null>(async (transaction) => {
      const before = await transaction.selectFrom('webhooks').select('secret').where('seller_id', '=', sellerId).executeTakeFirst();
      const made = settings.secret === undefined && !before ? randomBytes(32).toString('base64url') : null;
      const row = {
        url: settings.url,
        secret: settings.secret ?? made ?? before?.secret ?? '',
        states: JSON.stringify([...new Set(settings.states)]),
        is_on: settings.isOn ? 1 : 0,
        allows_own_network: settings.allowsOwnNetwork ? 1 : 0,
      } as const;
      await transaction.insertInto('webhooks').values({ seller_id: sellerId, ...row, sent_at: null }).onConflict((conflict) => conflict.column('seller_id').doUpdateSet(row)).execute();
      return made;
    });
  }

  async remove(sellerId: string): Promise<void> {
    await this.#database.write<ShopTables, void>(async (transaction) => {
      await transaction.deleteFrom('webhook_deliveries').where('seller_id', '=', sellerId).execute();
      await transaction.deleteFrom('webhooks').where('seller_id', '=', sellerId).execute();
    });
  }

  async target(sellerId: string): Promise<(Target & { isOn: boolean }) | undefined> {
    const row = await this.#database.read<ShopTables>().selectFrom('webhooks').selectAll().where('seller_id', '=', sellerId).executeTakeFirst();
    return row && { url: row.url, secret: row.secret, allowsOwnNetwork: row.allows_own_network === 1, isOn: row.is_on === 1 };
  }

  async report(sellerId: string): Promise<WebhookReport> {
    const reader = this.#database.read<ShopTables>();
    const hook = await reader.selectFrom('webhooks').selectAll().where('seller_id', '=', sellerId).executeTakeFirst();
    const count = async (isDead: boolean): Promise<number> => {
      const row = await reader.selectFrom('webhook_deliveries').select((eb) => eb.fn.countAll<number>().as('count')).where('seller_id', '=', sellerId).where('due_at', isDead ? 'is' : 'is not', null).executeTakeFirstOrThrow();
      return row.count;
    };
    const dead = await reader
      .selectFrom('webhook_deliveries as delivery')
      .leftJoin('orders', 'orders.id', 'delivery.order_id')
      .select(['delivery.id', 'delivery.order_id as orderId', 'orders.number as orderNumber', 'delivery.state', 'delivery.at', 'attempts', 'due_at as dueAt', 'status', 'error'])
      .where('delivery.seller_id', '=', sellerId)
      .where('due_at', 'is', null)
      .orderBy('delivery.id', 'desc')
      .limit(MOST_SHOWN)
      .execute();
    return {
      webhook: hook ? { url: hook.url, states: JSON.parse(hook.states) as OrderState[], isOn: hook.is_on === 1, allowsOwnNetwork: hook.allows_own_network === 1 } : null,
      waiting: await count(false),
      sentAt: hook?.sent_at ?? null,
      dead: dead satisfies WebhookDelivery[],
      deadCount: await count(true),
    };
  }

  /** Given-up ones are due again. @param ids missing: all of them. @returns how many */
  async resend(sellerId: string, ids: readonly number[] | undefined): Promise<number> {
    const { numUpdatedRows } = await this.#database.write<ShopTables, { numUpdatedRows: bigint }>((transaction) => {
      let update = transaction.updateTable('webhook_deliveries').set({ due_at: this.#clock.now(), attempts: 0 }).where('seller_id', '=', sellerId).where('due_at', 'is', null);
      if (ids) update = update.where('id', 'in', [...ids, -1]);
      return update.executeTakeFirst();
    });
    return Number(numUpdatedRows);
  }

  /** What has to be told now: of each order the oldest that waits, so that a shop hears its states in order. */
  async due(): Promise<Due[]> {
    const { rows } = await dueBy(this.#database.read<ShopTables>(), { now: this.#clock.now() });
    const seen = new Set<string>();
    return rows.flatMap(({ allows_own_network, ...row }) => {
      if (seen.has(row.orderId)) return [];
      seen.add(row.orderId);
      return [{ ...row, allowsOwnNetwork: allows_own_network === 1 }];
    });
  }

  /** When the next one has to be told, ms since epoch. */
  async nextDueAt(): Promise<number | undefined> {
    const { rows } = await nextDue(this.#database.read<ShopTables>(), {});
    return rows[0]?.at ?? undefined;
  }

  /** Told: there is nothing more to keep. */
  async sent({ id, sellerId }: Due): Promise<void> {
    await this.#database.write<ShopTables, void>(async (transaction) => {
      await transaction.deleteFrom('webhook_deliveries').where('id', '=', id).execute();
      await transaction.updateTable('webhooks').set({ sent_at: this.#clock.now() }).where('seller_id', '=', sellerId).execute();
    });
  }

  /** Not told: again later, and given up after some tries. */
  async failed({ id, attempts }: Due, { status, error }: Answer): Promise<void> {
    const count = attempts + 1;
    const due_at = count >= MOST_ATTEMPTS ? null : this.#clock.now() + Math.min(FIRST_RETRY_MS * 2 ** attempts, LONGEST_RETRY_MS);
    await this.#database.write<ShopTables, void>(async (transaction) => {
      await transaction.updateTable('webhook_deliveries').set({ attempts: count, due_at, status, error }).where('id', '=', id).execute();
    });
  }
}
