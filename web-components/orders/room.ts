// Owns what the pages of the order desk share: whose orders, the connection, and how they say what was done.
import type { Order } from '../../server/protocol/order.ts';
import type { OrdersMessages } from '../i18n/orders.ts';
import type { Localize } from '../i18n/index.ts';
import type { StaffRoom } from '../show/index.ts';

export interface Notice {
  text: string;
  isFault?: boolean;
  /** Missing: cannot be undone. */
  undo?: () => Promise<void>;
  /** A page that waits to be opened. */
  href?: string;
}

export interface DeskPage {
  readonly room: StaffRoom;
  readonly words: Localize<OrdersMessages>;
  readonly tell: (notice: Notice) => void;
}

/** What another module brings of an order's money; joined where both are loaded, because elements do not know each other. */
export interface MoneyParts {
  /** In the card of an order. */
  ofOrder: (order: Order, desk: DeskPage) => unknown;
  /** A page of the day, of ways to be paid, of couriers. */
  page: (sellerId: string, currency: Order['currency'], desk: DeskPage) => unknown;
}

/** Staff whose phone numbers are masked cannot call. */
export function canCall({ buyer }: Order): boolean {
  return buyer.phone !== '' && !buyer.phone.includes('*');
}
