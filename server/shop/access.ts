// Owns what the shop has to ask about a caller, and whoever knows shows and people answers.
import type { Caller } from '../platform/auth.ts';
import { FieldcastError } from '../platform/errors.ts';
import type { Order } from '../protocol/order.ts';
import type { DeskScope } from './desk/scope.ts';
import type { Mover } from './moving.ts';

/** What the shop may know of a show. */
export interface ShowForCaller {
  sellerId: string;
  /** What is on its shelf. */
  productIds: ReadonlySet<string>;
  isStaff: boolean;
  isOver: boolean;
}

/** Who works for whom is known above the shop: it asks here. */
export interface ShopAccess {
  /** Seller that a staff caller works for. @throws FieldcastError when there is none. */
  sellerFor(caller: Caller): Promise<string>;
  /** @throws FieldcastError `auth.forbidden`, `not-found` for a seller whom nobody knows. */
  mayWorkFor(caller: Caller, sellerId: string): Promise<void>;
  /** The same, and it is no practice seller: how those sell is fixed. */
  maySetUp(caller: Caller, sellerId: string): Promise<void>;
  /** @throws FieldcastError `auth.forbidden`. */
  mayWorkOrder(caller: Caller, order: Order): Promise<void>;
  who(caller: Caller): Mover;
  /** Whose orders a desk is about. @throws FieldcastError `auth.forbidden`, `not-found`. */
  deskScope(caller: Caller, asked: { showId?: string | undefined; sellerId?: string | undefined }): Promise<DeskScope>;
  /** A show that the caller may enter. @throws FieldcastError `not-found`, `show.gated`. */
  showFor(caller: Caller, showId: string): Promise<ShowForCaller>;
}

/** A show of whose staff the caller is. @throws FieldcastError `not-found`, `auth.forbidden`. */
export async function staffShow(access: ShopAccess, caller: Caller, showId: string): Promise<ShowForCaller> {
  const show = await access.showFor(caller, showId);
  if (!show.isStaff) throw new FieldcastError('auth.forbidden', 'This is not your show.');
  return show;
}

/** The same, of one that is not over. @throws FieldcastError `show.wrong-state` besides. */
export async function openStaffShow(access: ShopAccess, caller: Caller, showId: string): Promise<ShowForCaller> {
  const show = await staffShow(access, caller, showId);
  if (show.isOver) throw new FieldcastError('show.wrong-state', 'The show is over.');
  return show;
}
