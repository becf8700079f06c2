// Owns which browsers take push messages, for whom and in which language, and who wants to be told of which show.
import { createECDH } from 'node:crypto';
import type { Transaction } from 'kysely';
import type * as v from 'valibot';
import { newId } from '../../protocol/ids.ts';
import type { pushRequest } from '../../protocol/following.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/database.ts';
import { FieldcastError } from '../../platform/errors.ts';
import { isPushEndpoint } from './push-address.ts';
import type { ReminderTables } from './tables.ts';

/** A person's phone, tablet and computer, and what was left behind when a browser made a new one. */
const MOST_DEVICES = 5;

export class Subscriptions {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #testService: string;

  constructor(deps: { database: Database; clock: Clock; testService: string }) {
    this.#database = deps.database;
    this.#clock = deps.clock;
    this.#testService = deps.testService;
  }

  /** Keeps a browser's subscription. One endpoint is one browser: who has it now, has it. @throws FieldcastError `input.invalid`. */
  async keep(identity: string, { subscription, language }: v.InferOutput<typeof pushRequest>): Promise<void> {
    const { endpoint, keys } = subscription;
    if (!isPushEndpoint(endpoint, this.#testService)) throw invalid('endpoint', 'the https address of a push service, with a public name');
    if (!isPoint(keys.p256dh)) throw invalid('keys.p256dh', 'a point of P-256');
    const row = { identity, p256dh: keys.p256dh, auth: keys.auth, language, created_at: this.#clock.now() };
    await this.#database.write<ReminderTables, void>(async (transaction) => {
      await transaction
        .insertInto('push_subscriptions')
        .values({ id: newId('psh'), endpoint, ...row })
        .onConflict((conflict) => conflict.column('endpoint').doUpdateSet(row))
        .execute();
      await transaction
        .deleteFrom('push_subscriptions')
        .where('id', 'in', (eb) => eb.selectFrom('push_subscriptions').select('id').where('identity', '=', identity).orderBy('created_at', 'desc').orderBy('id').limit(-1).offset(MOST_DEVICES))
        .execute();
    });
  }

  /** None of this person's browsers gets anything any more. */
  async drop(identity: string): Promise<void> {
    await this.#database.write<ReminderTables, void>(async (transaction) => {
      await transaction.deleteFrom('push_subscriptions').where('identity', '=', identity).execute();
    });
  }

  /** The push service says that there is no such browser any more. */
  async gone(subscriptionId: string): Promise<void> {
    await this.#database.write<ReminderTables, void>(async (transaction) => {
      await transaction.deleteFrom('push_subscriptions').where('id', '=', subscriptionId).execute();
    });
  }

  async remind(showId: string, identity: string): Promise<void> {
    await this.#database.write<ReminderTables, void>(async (transaction) => {
      await transaction
        .insertInto('show_reminders')
        .values({ show_id: showId, identity, at: this.#clock.now() })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    });
  }

  async dropReminder(showId: string, identity: string): Promise<void> {
    await this.#database.write<ReminderTables, void>(async (transaction) => {
      await transaction.deleteFrom('show_reminders').where('show_id', '=', showId).where('identity', '=', identity).execute();
    });
  }

  /** Somebody who asked, and has a browser by which they can be told. */
  async isReminded(showId: string, identity: string): Promise<boolean> {
    const row = await this.#database
      .read<ReminderTables>()
      .selectFrom('show_reminders')
      .innerJoin('push_subscriptions', 'push_subscriptions.identity', 'show_reminders.identity')
      .select('show_reminders.at')
      .where('show_reminders.show_id', '=', showId)
      .where('show_reminders.identity', '=', identity)
      .executeTakeFirst();
    return row !== undefined;
  }

  /** Shows that somebody waits for. */
  async showsAwaited(): Promise<string[]> {
    const rows = await this.#database.read<ReminderTables>().selectFrom('show_reminders').select('show_id').distinct().execute();
    return rows.map((row) => row.show_id);
  }

  /** A show that has ended, or is gone, is awaited by nobody. */
  async showOver(showId: string): Promise<void> {
    await this.#database.write<ReminderTables, void>(async (transaction) => {
      await transaction.deleteFrom('show_reminders').where('show_id', '=', showId).execute();
      await transaction.deleteFrom('push_outbox').where('show_id', '=', showId).execute();
    });
  }
}

/** All that reminders know of a person. What was to be sent to their browsers goes with these. */
export async function eraseReminders(transaction: Transaction<ReminderTables>, identity: string): Promise<void> {
  await transaction.deleteFrom('push_subscriptions').where('identity', '=', identity).execute();
  await transaction.deleteFrom('show_reminders').where('identity', '=', identity).execute();
}

function invalid(path: string, message: string): FieldcastError {
  return new FieldcastError('input.invalid', 'This is no push subscription.', { issues: [{ path: `body.subscription.${path}`, message }] });
}

function isPoint(p256dh: string): boolean {
  try {
    const curve = createECDH('prime256v1');
    curve.generateKeys();
    curve.computeSecret(Buffer.from(p256dh, 'base64url'));
    return true;
  } catch {
    return false;
  }
}
