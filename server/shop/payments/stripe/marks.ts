// Owns our marks on what is kept at Stripe, and how its references are read.

/** Metadata that names the order, on every session and payment. */
export const ORDER_MARK = 'fieldcast_order';
/** Metadata that names the refund. */
export const REFUND_MARK = 'fieldcast_refund';

/** A reference that Stripe writes as an id or, expanded, as the object. */
export function idOf(value: string | { id: string } | null | undefined): string | null {
  if (value === null || value === undefined) return null;
  return typeof value === 'string' ? value : value.id;
}
