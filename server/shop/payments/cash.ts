// Owns the putting together of what a seller has for money that no gateway moves.
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/database.ts';
import type { Bus } from '../../platform/events.ts';
import type { Logger } from '../../platform/log.ts';
import type { Refusals } from '../../protocol/cash.ts';
import type { Commits } from '../commits.ts';
import type { ShopFacts } from '../facts.ts';
import type { OrderWork } from '../order-work.ts';
import { ClaimReminders } from './claim-reminders.ts';
import { Couriers } from './couriers.ts';
import { DoorDesk } from './door-desk.ts';
import { MoneyList } from './money-list.ts';
import { readRefusals } from './refusals.ts';
import type { Ways } from './settings.ts';
import { WayDesk } from './way-settings.ts';

export interface Cash {
  readonly ways: WayDesk;
  readonly door: DoorDesk;
  readonly couriers: Couriers;
  readonly list: MoneyList;
  readonly reminders: ClaimReminders;
  refusals(sellerId: string, days: number): Promise<Refusals>;
}

export function createCash(deps: { database: Database; bus: Bus<ShopFacts>; clock: Clock; log: Logger; commits: Commits; work: OrderWork; ways: Ways }): Cash {
  return {
    ways: new WayDesk(deps),
    door: new DoorDesk(deps),
    couriers: new Couriers(deps),
    list: new MoneyList(deps.database),
    reminders: new ClaimReminders(deps),
    refusals: (sellerId, days) => readRefusals(deps, sellerId, days),
  };
}
