// Owns what becomes of stored events: each leads to the order it is about, which is then brought to what Stripe knows now. Their order, their
// number and what they say themselves do not matter.
import type { Selectable } from 'kysely';
import type Stripe from 'stripe';
import type { Clock } from '../../../platform/clock.ts';
import type { Database } from '../../../platform/db/database.ts';
import type { Logger } from '../../../platform/log.ts';
import type { ShopTables } from '../../schema.ts';
import { call, GatewayFault } from './client.ts';
import { ORDER_MARK } from './marks.ts';
import { backoffMs, type StripeRows } from './rows.ts';
import type { Settlement } from './settlement.ts';

type Row = Selectable<ShopTables['stripe_events']>;

/** As long as Stripe itself repeats an event. */
const GIVE_UP_AFTER_MS = 3 * 24 * 3600_000;
const KEEP_MS = 35 * 24 * 3600_000;
const SESSION = /^cs_/;

/** Kinds that can change what is known of money. */
const OF_MONEY = /^(payment_intent\.(succeeded|payment_failed|processing|canceled|partially_funded)|checkout\.session\.|charge\.|refund\.)/;

export class StripeEvents {
  readonly #database: Database;
  readonly #stripe: Stripe;
  readonly #rows: StripeRows;
  readonly #settlement: Settlement;
  readonly #livemode: boolean;
  readonly #clock: Clock;
  readonly #log: Logger;

  constructor(deps: { database: Database; stripe: Stripe; rows: StripeRows; settlement: Settlement; livemode: boolean; clock: Clock; log: Logger }) {
    this.#database = deps.database;
    this.#stripe = deps.stripe;
    this.#rows = deps.rows;
    this.#settlement = deps.settlement;
    this.#livemode = deps.livemode;
    this.#clock = deps.clock;
    this.#log = deps.log;
  }

  /** Events that wait, gathered by the order they are about: a hundred of one payment are one question to Stripe. */
  async waiting(limit: number): Promise<Row[][]> {
    const rows = await this.#database
      .read<ShopTables>()
      .selectFrom('stripe_events')
      .selectAll()
      .where('done_at', 'is', null)
      .where('next_try_at', '<=', this.#clock.now())
      .orderBy('next_try_at')
      .limit(limit)
      .execute();
    const groups = new Map<string, Row[]>();
    for (const row of rows) {
      const about = row.intent_id ?? row.object_id;
      const group = groups.get(about);
      if (group) group.push(row);
      else groups.set(about, [row]);
    }
    return [...groups.values()];
  }

  /** Works out events about one payment. They are done when what they lead to is on the disk. */
  async work(events: readonly Row[]): Promise<void> {
    try {
      await this.#work(events);
      await this.#set(events, { done_at: this.#clock.now() });
    } catch (error) {
      if (!(error instanceof GatewayFault)) this.#log.error({ err: error, events: events.map(({ id }) => id) }, 'events of Stripe could not be worked out');
      const now = this.#clock.now();
      const sinceMs = now - Math.min(...events.map((event) => event.received_at));
      if (sinceMs < GIVE_UP_AFTER_MS) return this.#set(events, { next_try_at: now + backoffMs(sinceMs, 5_000, 600_000) });
      const [event] = events as [Row];
      if (event.order_id !== null) await this.#foreign(event, event.order_id, null, 'Stripe could not be asked about it for three days.');
      await this.#set(events, { done_at: now });
    }
  }

  /** Forgets events that nobody repeats any more. */
  async forget(): Promise<void> {
    await this.#database.write<ShopTables, void>(async (transaction) => {
      await transaction.deleteFrom('stripe_events').where('done_at', '<', this.#clock.now() - KEEP_MS).execute();
    });
  }

  async #work(events: readonly Row[]): Promise<void> {
    const ours = events.filter((event) => event.account === null && (event.livemode === 1) === this.#livemode && OF_MONEY.test(event.type));
    for (const event of events) {
      if (ours.includes(event) || event.order_id === null || !OF_MONEY.test(event.type)) continue;
      const detail = event.account === null ? 'An event of another mode names this order.' : `An event of account ${event.account} names this order.`;
      await this.#foreign(event, event.order_id, null, detail);
    }
    const settled = new Set<string>();
    const orderOf = ({ object_id, intent_id }: Row) => this.#rows.orderOf({ objectId: object_id, intentId: intent_id });
    const known = new Map<Row, string | undefined>();
    for (const event of ours) known.set(event, await orderOf(event));
    // Of a session only its id is known until it is asked for; asked for by that, it tells of which order the others are.
    for (const event of ours.toSorted((a, b) => Number(known.get(a) === undefined) - Number(known.get(b) === undefined))) {
      const orderId = known.get(event) ?? (await orderOf(event)) ?? (await this.#claimed(event));
      if (orderId === undefined || settled.has(orderId)) continue;
      settled.add(orderId);
      await this.#settlement.settle(orderId);
    }
  }

  /** The order that an event names though we know nothing of its payment: ours when its answer was lost, else money for a person to look at. */
  async #claimed(event: Row): Promise<string | undefined> {
    if (event.order_id === null && event.intent_id === null) return undefined;
    const row = event.order_id === null ? undefined : await this.#rows.find(event.order_id);
    const isUnanswered = row !== undefined && row.session_id === null && row.intent_id === null;
    if (row && isUnanswered && row.ui === 'checkout-session' && SESSION.test(event.object_id)) {
      await this.#rows.adopt(row.order_id, { sessionId: event.object_id, intentId: event.intent_id });
      return row.order_id;
    }
    if (row && isUnanswered && row.ui === 'payment-intent' && event.intent_id !== null) {
      await this.#rows.adopt(row.order_id, { sessionId: null, intentId: event.intent_id });
      return row.order_id;
    }
    if (event.intent_id === null) return undefined;
    const intent = event.intent_id;
    const seen = await call(() => this.#stripe.paymentIntents.retrieve(intent));
    const named = seen.metadata[ORDER_MARK];
    if (named === undefined) return undefined; // Another shop may share the account.
    // The session of this payment was opened by us, and only now is known to have become this payment.
    const opened = await this.#rows.find(named);
    if (opened?.session_id && opened.intent_id === null) {
      await this.#settlement.settle(named);
      if ((await this.#rows.find(named))?.intent_id === intent) return undefined;
    }
    if (seen.amount_received === 0) return undefined;
    await this.#foreign(event, named, { amountMinor: seen.amount_received, currency: seen.currency.toUpperCase() }, 'A payment that was not opened for this order names it.');
    return undefined;
  }

  async #foreign(event: Row, orderId: string, money: { amountMinor: number; currency: string } | null, detail: string): Promise<void> {
    const gatewayRef = event.intent_id ?? event.object_id;
    this.#log.warn({ eventId: event.id, type: event.type }, 'an event of Stripe cannot be applied');
    const { amountMinor, currency } = money ?? { amountMinor: null, currency: null };
    await this.#settlement.raiseForeign({ orderId, gatewayRef, amountMinor, currency, detail }, this.#clock.now());
  }

  async #set(events: readonly Row[], set: Partial<Pick<Row, 'done_at' | 'next_try_at'>>): Promise<void> {
    await this.#database.write<ShopTables, void>(async (transaction) => {
      const ids = events.map((event) => event.id);
      await transaction.updateTable('stripe_events').set(set).where('id', 'in', ids).execute();
    });
  }
}
