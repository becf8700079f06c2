// Owns the entry of the bundle fieldcast-orders.js, where the order desk and the pages of money meet: neither knows the other.
import { html } from 'lit';
import { FieldcastDoor } from './money/index.ts';
import { FieldcastOrders } from './orders/index.ts';
import type { StaffRoom } from './show/index.ts';

type Parts = NonNullable<typeof FieldcastOrders.money>;
type MoneyRoom = NonNullable<FieldcastDoor['room']>;

/** One for each seller of a connection: who gets another room reads everything again. */
const rooms = new WeakMap<StaffRoom, Map<string, MoneyRoom>>();

function roomOf({ room }: Parameters<Parts['ofOrder']>[1], sellerId: string, currency: MoneyRoom['currency']): MoneyRoom {
  const known = rooms.get(room) ?? new Map<string, MoneyRoom>();
  rooms.set(room, known);
  const found = known.get(sellerId) ?? { client: room.client, sellerId, currency, session: room.session };
  known.set(sellerId, found);
  return found;
}

FieldcastOrders.money = {
  ofOrder: (order, desk) =>
    html`<fieldcast-door
      folded
      .room=${roomOf(desk, order.sellerId, order.currency)}
      .order=${order}
      @money-notice=${(event: CustomEvent<{ text: string; isFault?: boolean; undo?: () => Promise<unknown> }>) => {
        event.stopPropagation();
        const { text, isFault, undo } = event.detail;
        desk.tell({ text, ...(isFault ? { isFault } : {}), ...(undo ? { undo: async () => void (await undo()) } : {}) });
      }}
    ></fieldcast-door>`,
  page: (sellerId, currency, desk) => html`<fieldcast-money .room=${roomOf(desk, sellerId, currency)}></fieldcast-money>`,
};

export { FieldcastOrders } from './orders/index.ts';
