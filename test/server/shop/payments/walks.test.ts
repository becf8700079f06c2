// Random walks over orders, stock and money together: whatever happens in whatever order, the books must agree.
import { describe, expect, it } from 'vitest';
import { holdsStock, type Order } from '../../../../server/protocol/order.ts';
import type { Product } from '../../../../server/protocol/shop.ts';
import { seeded } from '../../../support/random.ts';
import type { Charge } from '../../../support/stripe/ledger.ts';
import { GOOD_CARD, host, PayingShop } from './open-paying-shop.ts';

const STOCK = 40;
/** Of walks in which whoever pays first is served first: fewer than are ordered. */
const SCARCE = 9;
const STEPS = 80;
const word = { by: host, note: '' };

interface Walk {
  test: PayingShop;
  product: Product;
  stock: number;
  ids: string[];
  random: () => number;
}

const pick = <Item>(random: () => number, items: readonly Item[]): Item | undefined => items[Math.floor(random() * items.length)];

async function payByCard(test: PayingShop, order: Order, card: { number: string; isSlow?: boolean }): Promise<void> {
  const start = await test.pay(order);
  if (start.method === 'stripe') await test.stripe.pay(start.clientSecret, card);
}

/** Each may be refused: that is an answer. What must not happen is that the books disagree afterwards. */
const steps: Record<string, (walk: Walk, order: Order) => Promise<unknown>> = {
  place: async ({ test, product, ids, random }) => {
    const method = pick(random, ['stripe', 'stripe', 'transfer', 'cod'] as const)!;
    ids.push((await test.place(product, method, 1 + Math.floor(random() * 4))).id);
  },
  placeToo: (walk, order) => steps['place']!(walk, order),
  start: ({ test }, order) => test.pay(order),
  payByCard: async ({ test }, order) => payByCard(test, order, GOOD_CARD),
  payByCardAndTell: async ({ test }, order) => {
    await payByCard(test, order, GOOD_CARD);
    await test.shop.money.check(order);
  },
  payDeclined: async ({ test }, order) => payByCard(test, order, { number: '4000000000000002' }),
  paySlowly: async ({ test }, order) => payByCard(test, order, { ...GOOD_CARD, isSlow: true }),
  slowEnds: async ({ test, random }) => {
    const slow = pick(random, [...test.stripe.ledger.intents.values()].filter(({ status }) => status === 'processing'));
    if (slow && random() < 0.5) test.stripe.ledger.succeed(slow.id);
    else if (slow) test.stripe.ledger.failSlow(slow.id);
  },
  events: async ({ test, random }) => {
    const some = test.stripe.events.filter(() => random() < 0.5).sort(() => random() - 0.5);
    await test.tell(some);
  },
  check: ({ test }, order) => test.shop.money.check(order),
  claim: ({ test }, order) => test.shop.money.settling.claim(order.id),
  confirm: ({ test }, order) => test.shop.money.settling.confirm(order.id, word),
  refuseClaim: ({ test }, order) => test.shop.money.settling.refuseClaim(order.id, word),
  collect: ({ test }, order) => test.shop.money.settling.collect(order.id, word),
  refund: ({ test, random }, order) => test.shop.money.settling.refund(order.id, random() < 0.5 ? undefined : 1 + Math.floor(random() * 2000), word, undefined),
  refundAtStripe: async ({ test, random }) => {
    const intent = pick(random, [...test.stripe.ledger.intents.values()].filter(({ charge }) => charge !== null && charge.amount - charge.amount_refunded >= 100));
    if (intent) test.stripe.ledger.createRefund({ payment_intent: intent.id, amount: '100' });
  },
  cancelByBuyer: ({ test }, order) => test.shop.orders.cancelByBuyer(order.id),
  cancelBySeller: ({ test }, order) => test.shop.orders.move(order.id, 'cancelled', '', host),
  forward: ({ test, random }, order) => test.shop.orders.move(order.id, pick(random, ['confirmed', 'packed', 'shipped', 'delivered', 'refused'] as const)!, '', host),
  undo: ({ test }, order) => test.shop.orders.undo(order.id, host),
  timeGoesBy: async ({ test, random }) => {
    test.clock.advance(Math.floor(random() * 20 * 60_000));
    await test.shop.money.runDue();
  },
  atOnce: async ({ test }, order) => {
    await Promise.allSettled([
      test.shop.orders.cancelByBuyer(order.id),
      test.shop.orders.move(order.id, 'cancelled', '', host),
      test.shop.money.settling.confirm(order.id, word),
      test.shop.money.check(order),
      test.shop.money.holds.look(),
      test.tell(test.stripe.events.slice(-4)),
    ]);
  },
  // A change of the rule changes no order that is there.
  rule: ({ test, stock, random }) => test.shop.cash.ways.change(test.sellerId, { stock: { policy: stock === SCARCE && random() < 0.8 ? 'payment' : 'order' } }),
  restart: ({ test }) => test.restart(),
  stripeBreaks: async ({ test, random }) => {
    const kind = pick(random, ['rate-limited', 'fault', 'fault-after', 'answer-lost'] as const)!;
    test.stripe.faults.add({ kind, times: 1 });
  },
};

async function agree({ test, product, stock, ids }: Walk, after: string): Promise<void> {
  const orders = await Promise.all(ids.map((id) => test.order(id)));
  const held = orders.filter(holdsStock).reduce((sum, { lines }) => sum + (lines[0]?.quantity ?? 0), 0);
  expect((await test.stock(product))[0], after).toBe(stock - held);
  for (const order of orders) expect(wrongIn(order), `${after}: ${storyOf(order)}`).toEqual([]);
}

/** What an order says of itself that cannot be. */
function wrongIn({ state, payment, money, totalMinor }: Order): string[] {
  const { paidMinor, refundedMinor, refundingMinor, dueMinor } = money;
  const isUnpaid = state === 'awaiting-payment' || money.state === 'due' || money.state === 'claimed';
  const rules: Record<string, boolean> = {
    'more went back than came': paidMinor < refundedMinor + refundingMinor || refundedMinor < 0,
    'another sum than asked': paidMinor !== 0 && paidMinor !== dueMinor,
    'asks more than the total': dueMinor > totalMinor,
    'holds without waiting, or waits without end': (money.holdUntil !== null) !== (state === 'awaiting-payment'),
    'unpaid and paid': isUnpaid && paidMinor !== 0,
    'on its way without money': payment !== 'cod' && !['awaiting-payment', 'cancelled'].includes(state) && paidMinor !== dueMinor,
    'refunded and not': money.state === 'refunded' && refundedMinor !== paidMinor,
    'part-refunded and not': money.state === 'part-refunded' && (refundedMinor === 0 || refundedMinor >= paidMinor),
  };
  return Object.keys(rules).filter((name) => rules[name]);
}

/** Where the books and Stripe do not agree once everything has been told. */
function wrongAtStripe({ state, money }: Order, charges: readonly Charge[]): string[] {
  const owed = money.paidMinor - money.refundedMinor;
  const rules: Record<string, boolean> = {
    'charged twice': charges.length > 1,
    'still waits': state === 'awaiting-payment',
    'another sum came': money.paidMinor !== (charges[0]?.amount ?? 0),
    'another sum went back': money.refundedMinor !== (charges[0]?.amount_refunded ?? 0),
    'owed, and nobody is told': ['cancelled', 'refused'].includes(state) && owed > 0 && money.problem === null,
  };
  return Object.keys(rules).filter((name) => rules[name]);
}

function storyOf({ payment, state, money, history }: Order): string {
  return `${payment} ${state} ${JSON.stringify(money)} ${history.map(({ to }) => to).join()}`;
}

describe('orders, stock and money', () => {
  it.each([
    [1, 'order'],
    [2, 'order'],
    [3, 'order'],
    [4, 'order'],
    [5, 'payment'],
    [6, 'payment'],
  ] as const)('agree after every step of walk %i with goods taken with the %s, and with Stripe at its end', async (seed, policy) => {
    const random = seeded(seed);
    const test = await PayingShop.open(seed % 2 === 0 ? { FIELDCAST_STRIPE_UI: 'payment-intent' } : {});
    try {
      const stock = policy === 'order' ? STOCK : SCARCE;
      const walk: Walk = { test, product: await test.product(stock), stock, ids: [], random };
      await test.shop.cash.ways.change(test.sellerId, { stock: { policy } });
      await steps['place']!(walk, undefined as never);
      for (let step = 0; step < STEPS; step += 1) {
        const name = pick(random, Object.keys(steps)) as string;
        const order = await test.order(pick(random, walk.ids) as string);
        await steps[name]!(walk, order).catch((error: unknown) => {
          if ((error as { name?: string }).name !== 'FieldcastError') throw error;
        });
        await agree(walk, `seed ${seed}, step ${step}, ${name} of ${order.payment} ${order.state}`);
      }

      // In the end everything is told, and time goes by until nothing is left to do.
      test.stripe.faults.clear();
      for (const intent of test.stripe.ledger.intents.values()) if (intent.status === 'processing') test.stripe.ledger.succeed(intent.id);
      await test.tell(test.stripe.events);
      for (let look = 0; look < 6; look += 1) {
        test.clock.advance(30 * 60_000);
        await test.shop.money.runDue();
      }
      await agree(walk, `seed ${seed}, at the end`);
      for (const id of walk.ids) {
        const order = await test.order(id);
        if (order.payment !== 'stripe') continue;
        const charges = [...test.stripe.ledger.intents.values()].flatMap(({ charge, metadata }) => (charge && metadata['fieldcast_order'] === id ? [charge] : []));
        expect(wrongAtStripe(order, charges), `seed ${seed}: ${storyOf(order)}`).toEqual([]);
      }
    } finally {
      await test.close();
    }
  });
});
