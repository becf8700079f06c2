// Owns the order desk as a whole: its parts built once, each with what it uses.
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/database.ts';
import type { Bus } from '../../platform/events.ts';
import type { Logger } from '../../platform/log.ts';
import { Scope } from '../../platform/scope.ts';
import type { Commits } from '../commits.ts';
import type { ShopFacts } from '../facts.ts';
import { Batches, type OrderMoves } from './batches.ts';
import { StateImports } from './import/imports.ts';
import { PaperTickets } from './papers/tickets.ts';
import { Queues } from './queues.ts';
import { SellerRecords } from './record.ts';
import { TrackingNumbers } from './tracking.ts';
import { WebhookOutbox } from './webhooks/outbox.ts';
import { WebhookTeller } from './webhooks/teller.ts';

export interface Desk {
  queues: Queues;
  batches: Batches;
  tracking: TrackingNumbers;
  records: SellerRecords;
  imports: StateImports;
  tickets: PaperTickets;
  outbox: WebhookOutbox;
  teller: WebhookTeller;
  /** Begins to tell shops' own systems of their orders. Not in a process beside the server: each message would go out twice. */
  start(): void;
  close(): Promise<void>;
}

export function createDesk(deps: { database: Database; bus: Bus<ShopFacts>; commits: Commits; clock: Clock; log: Logger; orders: OrderMoves }): Desk {
  const { database, bus, clock } = deps;
  const scope = new Scope();
  const batches = new Batches(deps);
  const tracking = new TrackingNumbers(deps);
  const outbox = new WebhookOutbox({ database, clock });
  const teller = new WebhookTeller({ ...deps, outbox });
  scope.add(() => teller.close());
  return {
    queues: new Queues({ database, clock }),
    batches,
    tracking,
    records: new SellerRecords(database),
    imports: new StateImports({ database, clock, batches, tracking }),
    tickets: new PaperTickets(clock),
    outbox,
    teller,
    start() {
      // The database has written down what is to be told; these only wake who tells it.
      scope.add(bus.on('order.changed', () => teller.wake()));
      scope.add(bus.on('order.placed', () => teller.wake()));
      teller.wake();
    },
    close: () => scope.close(),
  };
}
