// Owns the tables of the order desk, what it adds to those of orders, and that each change of an order is written down for the shop's own system.
import type { Migration } from '../../platform/db/database.ts';
import type { Role } from '../../protocol/access.ts';
import type { Queue } from '../../protocol/desk.ts';
import type { OrderState } from '../../protocol/order.ts';

export interface DeskTables {
  order_tracking: { order_id: string; courier: string; number: string; at: number; by_role: Role; by_name: string };
  desk_batches: { id: string; to_state: OrderState | null; at: number; by_role: Role; by_name: string; undone_at: number | null };
  /** @property position of the change that the batch made */
  desk_batch_orders: { batch_id: string; order_id: string; position: number };
  seller_records: { seller_id: string; legal_name: string; address: string; tax_number: string; phone: string; points: string };
  webhooks: { seller_id: string; url: string; secret: string; states: string; is_on: 0 | 1; allows_own_network: 0 | 1; sent_at: number | null };
  webhook_deliveries: {
    id: number;
    seller_id: string;
    order_id: string;
    position: number;
    state: OrderState;
    at: number;
    attempts: number;
    /** Null: given up. */
    due_at: number | null;
    status: number | null;
    error: string;
  };
}

/** What the database computes of each order, beside the columns that orders are written with. */
export interface DeskColumns {
  queue: Exclude<Queue, 'claimed' | 'problems' | 'all'>;
}

export const deskMigrations: readonly Migration[] = [
  {
    name: '100-shop-7-desk',
    statements: [
      // An order that is paid needs no call. Its queue follows from its state and way of paying, so nothing can forget to keep it.
      `alter table orders add column queue text generated always as (
         case state
           when 'awaiting-payment' then 'unpaid'
           when 'placed' then case payment when 'cod' then 'confirm' else 'pack' end
           when 'confirmed' then 'pack'
           when 'packed' then 'ship'
           when 'shipped' then 'sent'
           when 'refused' then 'refused'
           else 'done'
         end) virtual`,
      `create index orders_by_seller_and_queue on orders (seller_id, queue, number, changed_at)`,
      `create index orders_by_show_and_queue on orders (show_id, queue, number, changed_at)`,
      // Searched through from end to end, so everything that is looked at stands in the index itself.
      `create index orders_to_search_by_seller on orders (seller_id, number, buyer_name, buyer_phone)`,
      `create index orders_to_search_by_show on orders (show_id, number, buyer_name, buyer_phone)`,
      `drop index orders_by_show`,
      `create index order_lines_by_product on order_lines (product_id)`,
      `create table order_tracking (
         order_id text primary key references orders (id),
         courier text not null,
         number text not null check (number <> ''),
         at integer not null,
         by_role text not null,
         by_name text not null
       ) strict, without rowid`,
      `create table desk_batches (
         id text primary key,
         to_state text,
         at integer not null,
         by_role text not null,
         by_name text not null,
         undone_at integer
       ) strict, without rowid`,
      `create table desk_batch_orders (
         batch_id text not null references desk_batches (id),
         order_id text not null references orders (id),
         position integer not null,
         primary key (batch_id, order_id)
       ) strict, without rowid`,
      `create table seller_records (
         seller_id text primary key references sellers (id),
         legal_name text not null,
         address text not null,
         tax_number text not null,
         phone text not null,
         points text not null
       ) strict, without rowid`,
      `create table webhooks (
         seller_id text primary key references sellers (id),
         url text not null,
         secret text not null,
         states text not null,
         is_on integer not null check (is_on in (0, 1)),
         allows_own_network integer not null check (allows_own_network in (0, 1)),
         sent_at integer
       ) strict, without rowid`,
      `create table webhook_deliveries (
         id integer primary key autoincrement,
         seller_id text not null references sellers (id),
         order_id text not null references orders (id),
         position integer not null,
         state text not null,
         at integer not null,
         attempts integer not null default 0,
         due_at integer,
         status integer,
         error text not null default ''
       ) strict`,
      `create index webhook_deliveries_due on webhook_deliveries (due_at) where due_at is not null`,
      `create index webhook_deliveries_dead on webhook_deliveries (seller_id, id) where due_at is null`,
      // In the transaction that moves the order, whichever code does it: a fact that only goes over the bus is lost with the process.
      `create trigger order_changes_to_webhook after insert on order_changes
       begin
         insert into webhook_deliveries (seller_id, order_id, position, state, at, due_at)
         select orders.seller_id, new.order_id, new.position, new.to_state, new.at, new.at
         from orders join webhooks on webhooks.seller_id = orders.seller_id
         where orders.id = new.order_id and webhooks.is_on = 1 and instr(webhooks.states, '"' || new.to_state || '"') > 0;
       end`,
    ],
  },
];
