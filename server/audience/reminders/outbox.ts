// Owns what is to be sent to whom: written down once for each moment of a show, so that a restart neither doubles nor forgets it.
import type { ExpressionBuilder } from 'kysely';
import type { ReminderLanguage } from '../../protocol/following.ts';
import type { Show } from '../../protocol/show.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/database.ts';
import type { FollowingTables } from '../following/tables.ts';
import type { Moment, ReminderTables } from './tables.ts';

/** Messages that are taken up together; what comes after waits for the next round. */
const BATCH = 100;
/** With a minute, two, four, eight between them: a push service that is down for a quarter of an hour is not news any more. */
const MOST_ATTEMPTS = 5;
const FIRST_RETRY_MS = 60_000;

type Tables = ReminderTables & FollowingTables;

/** One message to one browser. */
export interface Due {
  show_id: string;
  moment: Moment;
  occasion: number;
  subscription_id: string;
  attempts: number;
  endpoint: string;
  p256dh: string;
  auth: string;
  language: ReminderLanguage;
}

export class Outbox {
  readonly #database: Database;
  readonly #clock: Clock;

  constructor(deps: { database: Database; clock: Clock }) {
    this.#database = deps.database;
    this.#clock = deps.clock;
  }

  /**
   * Writes down a moment of a show for all who want to hear of it: who asked for this show, and, where the show is for everybody to
   * find, who follows its seller. Who asked after `before` knows already. What was written down once is not written again.
   * @returns how many messages are new
   */
  async put(show: Show, moment: Moment, { occasion, before, dueAt }: { occasion: number; before: number; dueAt: number }): Promise<number> {
    const isForFollowers = moment !== 'soon' && !show.isHidden && !show.needsCode;
    return this.#database.write<Tables, number>(async (transaction) => {
      const row = (eb: ExpressionBuilder<Tables, 'push_subscriptions'>) =>
        [
          eb.val(show.id).as('show_id'),
          eb.val(moment).as('moment'),
          eb.val(occasion).as('occasion'),
          'push_subscriptions.id',
          eb.val(dueAt).as('due_at'),
          eb.val(0).as('attempts'),
        ] as const;
      const { numInsertedOrUpdatedRows } = await transaction
        .insertInto('push_outbox')
        .columns(['show_id', 'moment', 'occasion', 'subscription_id', 'due_at', 'attempts'])
        .expression(
          transaction
            .selectFrom('push_subscriptions')
            .select(row)
            .where((eb) =>
              eb.or([
                ...(moment === 'new'
                  ? []
                  : [eb('identity', 'in', eb.selectFrom('show_reminders').select('show_reminders.identity').where('show_id', '=', show.id).where('at', '<=', before))]),
                ...(isForFollowers ? [eb('identity', 'in', eb.selectFrom('follows').select('follows.identity').where('seller_id', '=', show.sellerId).where('at', '<=', before))] : []),
                eb.lit(false),
              ]),
            ),
        )
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst();
      return Number(numInsertedOrUpdatedRows ?? 0);
    });
  }

  /** Writes down for all browsers of one person that it is their turn, until `until`. @returns how many messages are new */
  async putTurn(showId: string, identity: string, { until, dueAt }: { until: number; dueAt: number }): Promise<number> {
    return this.#database.write<Tables, number>(async (transaction) => {
      const { numInsertedOrUpdatedRows } = await transaction
        .insertInto('push_outbox')
        .columns(['show_id', 'moment', 'occasion', 'subscription_id', 'due_at', 'attempts'])
        .expression((eb) =>
          eb
            .selectFrom('push_subscriptions')
            .select((row) => [row.val(showId).as('show_id'), row.val('turn' as const).as('moment'), row.val(until).as('occasion'), 'push_subscriptions.id', row.val(dueAt).as('due_at'), row.val(0).as('attempts')])
            .where('identity', '=', identity),
        )
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst();
      return Number(numInsertedOrUpdatedRows ?? 0);
    });
  }

  /** What has to be sent now, the longest waiting first. */
  due(): Promise<Due[]> {
    return this.#database
      .read<Tables>()
      .selectFrom('push_outbox')
      .innerJoin('push_subscriptions', 'push_subscriptions.id', 'push_outbox.subscription_id')
      .select(['show_id', 'moment', 'occasion', 'subscription_id', 'attempts', 'endpoint', 'p256dh', 'auth', 'language'])
      .where('settled_at', 'is', null)
      .where('due_at', '<=', this.#clock.now())
      .orderBy('due_at')
      .limit(BATCH)
      .execute();
  }

  /** When the next one has to be sent, ms since epoch. */
  async nextDueAt(): Promise<number | undefined> {
    const row = await this.#database
      .read<Tables>()
      .selectFrom('push_outbox')
      .select((eb) => eb.fn.min('due_at').as('at'))
      .where('settled_at', 'is', null)
      .executeTakeFirst();
    return row?.at ?? undefined;
  }

  /** Sent, or of no use any more. */
  settle(message: Due): Promise<void> {
    return this.#change(message, { settled_at: this.#clock.now() });
  }

  /** It did not go through: again later, some times. @param afterMs what the push service asked for */
  async retry(message: Due, afterMs: number | null): Promise<void> {
    const attempts = message.attempts + 1;
    if (attempts >= MOST_ATTEMPTS) return this.settle(message);
    await this.#change(message, { attempts, due_at: this.#clock.now() + Math.max(afterMs ?? 0, FIRST_RETRY_MS * 2 ** message.attempts) });
  }

  #change({ show_id, moment, occasion, subscription_id }: Due, change: { settled_at?: number; attempts?: number; due_at?: number }): Promise<void> {
    return this.#database.write<Tables, void>(async (transaction) => {
      await transaction
        .updateTable('push_outbox')
        .set(change)
        .where('show_id', '=', show_id)
        .where('moment', '=', moment)
        .where('occasion', '=', occasion)
        .where('subscription_id', '=', subscription_id)
        .execute();
    });
  }
}
