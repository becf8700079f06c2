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
  /** In the card of an order: what cannot wait; it takes the place of the plain last step where cash is to be taken at the door. */
  inCard: (order: Order, desk: DeskPage) => unknown;
  /** In its sheet: all that can be noted of it now. @param onDone a step was noted */
  inSheet: (order: Order, desk: DeskPage, onDone: () => void) => unknown;
  /** In its sheet: giving money back, and what about its money needs a person; null where there is neither. */
  backInSheet: (order: Order, desk: DeskPage, onDone: () => void) => unknown;
}

/** Which of its notes an order is open for: after a call, when it is handed to a courier, at the door. */
export function noteOf({ state, payment }: Pick<Order, 'state' | 'payment'>): 'call' | 'courier' | 'door' | null {
  if (state === 'packed') return 'courier';
  if (state === 'shipped') return 'door';
  return payment === 'cod' && (state === 'placed' || state === 'confirmed') ? 'call' : null;
}

/** Staff whose phone numbers are masked cannot call; and nobody calls somebody who is played. */
export function canCall({ buyer, isSynthetic }: Order): boolean {
  return !isSynthetic && buyer.phone !== '' && !buyer.phone.includes('*');
}
