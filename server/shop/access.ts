// Owns what the shop has to ask about a caller, and whoever knows shows and people answers.
import type { Caller } from '../platform/auth.ts';
import type { Order } from '../protocol/order.ts';
import type { DeskScope } from './desk/scope.ts';
import type { Mover } from './moving.ts';

/** Who works for whom is known above the shop: it asks here. */
export interface ShopAccess {
  /** Seller that a staff caller works for. @throws FieldcastError when there is none. */
  sellerFor(caller: Caller): Promise<string>;
  /** @throws FieldcastError `auth.forbidden`, `not-found` for a seller whom nobody knows. */
  mayWorkFor(caller: Caller, sellerId: string): Promise<void>;
  /** @throws FieldcastError `auth.forbidden`. */
  mayWorkOrder(caller: Caller, order: Order): Promise<void>;
  who(caller: Caller): Mover;
  /** Whose orders a desk is about. @throws FieldcastError `auth.forbidden`, `not-found`. */
  deskScope(caller: Caller, asked: { showId?: string | undefined; sellerId?: string | undefined }): Promise<DeskScope>;
}
