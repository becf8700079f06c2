// Owns the entry of the bundle fieldcast-orders.js, where the order desk and the pages of money meet: neither knows the other.
import { html, nothing } from 'lit';
import { FieldcastDoor, leftMinor } from '../money/index.ts';
import { FieldcastOrders } from '../orders/index.ts';
import type { StaffRoom } from '../show/index.ts';

type Parts = NonNullable<typeof FieldcastOrders.money>;
type Desk = Parameters<Parts['inCard']>[1];
type Order = Parameters<Parts['inCard']>[0];
type MoneyRoom = NonNullable<FieldcastDoor['room']>;

/** One for each seller of a connection: who gets another room reads everything again. */
const rooms = new WeakMap<StaffRoom, Map<string, MoneyRoom>>();

function roomOf({ room }: Desk, sellerId: string, currency: MoneyRoom['currency']): MoneyRoom {
  const known = rooms.get(room) ?? new Map<string, MoneyRoom>();
  rooms.set(room, known);
  const found = known.get(sellerId) ?? { client: room.client, sellerId, currency, session: room.session };
  known.set(sellerId, found);
  return found;
}

const toldBy = (desk: Desk) => (event: CustomEvent<{ text: string; isFault?: boolean; undo?: () => Promise<unknown> }>) => {
  event.stopPropagation();
  const { text, isFault, undo } = event.detail;
  desk.tell({ text, ...(isFault ? { isFault } : {}), ...(undo ? { undo: async () => void (await undo()) } : {}) });
};

function door(order: Order, desk: Desk, isFolded: boolean, onDone: () => void): unknown {
  return html`<fieldcast-door ?folded=${isFolded} .room=${roomOf(desk, order.sellerId, order.currency)} .order=${order} @door-done=${onDone} @money-notice=${toldBy(desk)}></fieldcast-door>`;
}

FieldcastOrders.money = {
  inCard(order, desk) {
    const { state, payment, money } = order;
    const isOpen = money.state === 'claimed' || (payment === 'cod' && (state === 'shipped' || (state === 'delivered' && money.state === 'due')));
    if (isOpen) return door(order, desk, true, () => undefined);
    const isAtRisk = payment === 'cod' && (state === 'placed' || state === 'confirmed' || state === 'packed');
    return isAtRisk ? html`<fieldcast-risk .room=${roomOf(desk, order.sellerId, order.currency)} order=${order.id}></fieldcast-risk>` : nothing;
  },
  inSheet: (order, desk, onDone) => door(order, desk, false, onDone),
  backInSheet(order, desk, onDone) {
    if (leftMinor(order) === 0 && order.money.problem === null) return null;
    return html`<fieldcast-payback .room=${roomOf(desk, order.sellerId, order.currency)} .order=${order} @door-done=${onDone} @money-notice=${toldBy(desk)}></fieldcast-payback>`;
  },
};

export { FieldcastOrders } from '../orders/index.ts';
