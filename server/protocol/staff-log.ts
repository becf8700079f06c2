// Owns the shapes of the staff's log: who changed what of a seller's goods, shows and orders. What is done in the chat has a log of its own.
import * as v from 'valibot';
import { role } from './access.ts';
import { currency } from './money.ts';

export const staffActions = [
  'show-planned', 'show-changed', 'show-ended', 'replay-deleted', 'replay-downloaded', 'gate-changed', 'codes-made', 'code-ended',
  'shelf-arranged', 'shelf-added', 'pins-set',
  'product-added', 'product-changed', 'variant-added', 'variant-changed',
  'order-moved', 'order-undone',
  'helper-invited', 'helper-changed', 'helper-ended',
  'orders-moved', 'orders-exported', 'money-exported', 'refunded',
  'products-imported', 'delivery-changed', 'ways-changed', 'stock-policy-changed', 'card-account-changed', 'record-changed', 'webhook-changed',
  'promotion-started', 'promotion-changed', 'promotion-ended', 'prize-sent', 'prize-not-sent', 'lot-changed', 'waitlist-closed', 'codes-changed',
  'courier-added', 'courier-changed', 'cash-taken', 'cash-undone',
  'seller-changed', 'chat-exported',
  'rehearsal-started', 'went-live', 'went-live-undone', 'coach-answered',
] as const;

/** What was changed to what, as far as it is no buyer's data. */
export const staffChanges = v.object({
  /** A price, or money that moved. */
  priceMinor: v.optional(v.number()),
  currency: v.optional(currency),
  stock: v.optional(v.number()),
  stockDelta: v.optional(v.number()),
  /** State that an order was moved to. */
  to: v.optional(v.string()),
  archived: v.optional(v.boolean()),
  /** When goods leave the shelf from now on. */
  policy: v.optional(v.string()),
  count: v.optional(v.number()),
});
export type StaffChanges = v.InferOutput<typeof staffChanges>;

export const staffAct = v.object({
  at: v.number(),
  byRole: role,
  /** As their link says; may be empty. */
  byName: v.string(),
  action: v.picklist(staffActions),
  /** Name of the product, show or helper as it was then, number of the order; may be empty. */
  about: v.string(),
  changes: staffChanges,
});
export type StaffAct = v.InferOutput<typeof staffAct>;
export type StaffAction = StaffAct['action'];
