// Owns Stripe's way in: the signature over the raw bytes, and the event on the disk before the answer. What it means is worked out afterwards.
// The default: in the bundle it is loaded as CommonJS, which has no other.
// oxlint-disable-next-line import/no-named-as-default
import Stripe from 'stripe';
import type { Clock } from '../../../platform/clock.ts';
import type { Secret } from '../../../platform/config.ts';
import { compileOnce } from '../../../platform/db/compile-once.ts';
import type { Database } from '../../../platform/db/database.ts';
import { FieldcastError } from '../../../platform/errors.ts';
import type { ShopTables } from '../../schema.ts';
import { idOf, ORDER_MARK } from './marks.ts';

/** Docs of Stripe, "Preventing replay attacks". */
const TOLERANCE_S = 300;
const ID = /^[\w-]{3,255}$/;

/** What an event's object may hold, of all kinds that are listened to. */
interface EventObject {
  id?: unknown;
  object?: unknown;
  payment_intent?: unknown;
  metadata?: Record<string, unknown> | null;
}

type NewEvent = Omit<ShopTables['stripe_events'], 'done_at' | 'next_try_at'>;

const findEvent = compileOnce<ShopTables, Pick<NewEvent, 'id'>>()((database, param) => database.selectFrom('stripe_events').select('id').where('id', '=', param('id')));
const keepEvent = compileOnce<ShopTables, NewEvent>()((database, param) =>
  database
    .insertInto('stripe_events')
    .values({
      id: param('id'),
      type: param('type'),
      account: param('account'),
      livemode: param('livemode'),
      object_id: param('object_id'),
      intent_id: param('intent_id'),
      order_id: param('order_id'),
      received_at: param('received_at'),
      done_at: null,
      next_try_at: param('received_at'),
    })
    .onConflict((conflict) => conflict.column('id').doNothing()),
);

export class StripeWebhook {
  readonly #database: Database;
  readonly #secrets: readonly Secret[];
  readonly #clock: Clock;
  readonly #onEvent: () => void;
  readonly #webhooks = new Stripe('sk_test_unused', { telemetry: false }).webhooks;

  /** @param deps.onEvent told when an event has been stored. */
  constructor(deps: { database: Database; secrets: readonly Secret[]; clock: Clock; onEvent: () => void }) {
    this.#database = deps.database;
    this.#secrets = deps.secrets;
    this.#clock = deps.clock;
    this.#onEvent = deps.onEvent;
  }

  /** Stores a genuine event once. @throws FieldcastError `webhook.not-genuine`; a fault of the storage goes out as it is, and Stripe comes again. */
  async take(body: Uint8Array, signature: string | undefined): Promise<void> {
    const event = this.#verify(body, signature);
    const object = event.data.object as unknown as EventObject;
    const intent = object.object === 'payment_intent' ? object.id : idOf(object.payment_intent as string | { id: string } | null | undefined);
    const order = object.metadata?.[ORDER_MARK];
    const now = this.#clock.now();
    // Most are told several times over. What is on the disk needs no commit, and does not wait for that of others.
    if ((await findEvent(this.#database.read<ShopTables>(), { id: event.id })).rows.length > 0) return;
    const isNew = await this.#database.write<ShopTables, boolean>(async (transaction) => {
      const { numAffectedRows } = await keepEvent(transaction, {
        id: event.id,
        type: event.type,
        account: event.account ?? null,
        livemode: event.livemode ? 1 : 0,
        object_id: String(object.id),
        intent_id: typeof intent === 'string' && ID.test(intent) ? intent : null,
        order_id: typeof order === 'string' && ID.test(order) ? order : null,
        received_at: now,
      });
      return numAffectedRows === 1n;
    });
    if (isNew) this.#onEvent();
  }

  #verify(body: Uint8Array, signature: string | undefined): Stripe.Event {
    const secrets = signature === undefined ? [] : this.#secrets;
    for (const secret of secrets) {
      try {
        const event = this.#webhooks.constructEvent(Buffer.from(body), signature as string, secret.reveal(), TOLERANCE_S, undefined, this.#clock.now());
        if (isWhole(event)) return event;
      } catch (error) {
        if (!(error instanceof Stripe.errors.StripeError) && !(error instanceof SyntaxError)) throw error;
      }
    }
    throw new FieldcastError('webhook.not-genuine', 'No signature of ours over these bytes, or an old one.');
  }
}

/** Signed is not yet well formed: a secret may sign the events of another product. */
function isWhole(event: unknown): event is Stripe.Event {
  const { id, type, data, livemode, account } = (event ?? {}) as { id?: unknown; type?: unknown; data?: { object?: EventObject | null } | null; livemode?: unknown; account?: unknown };
  if (typeof id !== 'string' || !ID.test(id) || typeof type !== 'string' || typeof livemode !== 'boolean') return false;
  if (account !== undefined && account !== null && typeof account !== 'string') return false;
  return typeof data?.object?.id === 'string' && ID.test(data.object.id);
}
