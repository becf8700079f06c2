// Owns the shapes of codes: short names of what is on a show's shelf, by which viewers order in the chat.
import * as v from 'valibot';
import { id } from './ids.ts';
import { quantity } from './order.ts';

/** What is ordered by a code, as the page of whoever wrote it puts it into the cart. */
export const orderedByCode = v.array(v.object({ variantId: id, quantity }));
export type OrderedByCode = v.InferOutput<typeof orderedByCode>;

/** Codes of a show, in the order of its shelf: `A1` to `A99`, then `B1`. A variant keeps its code for the whole show. */
export const codes = v.object({
  isOn: v.boolean(),
  /** None while they are off. */
  codes: v.array(v.object({ variantId: id, code: v.string() })),
});
export type Codes = v.InferOutput<typeof codes>;

export const codesPatch = v.strictObject({ isOn: v.boolean() });

/** The same for the staff, with what was written by each code: messages, and pieces in them. */
export const codeDesk = v.object({
  isOn: v.boolean(),
  codes: v.array(v.object({ variantId: id, code: v.string(), times: v.number(), pieces: v.number() })),
});
export type CodeDesk = v.InferOutput<typeof codeDesk>;
