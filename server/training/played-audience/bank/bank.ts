// Owns the shape of what a played audience says: lines per kind of farm product and topic, in one language.
import type { QuestionTopic } from '../../../protocol/scenario-limits.ts';
import type { GoodsKind } from '../../../protocol/cue-limits.ts';

/** Nobody asks of an egg what they ask of a leg of lamb. */
export type AskedKind = Exclude<GoodsKind, 'eggs-meat' | 'general'> | 'egg' | 'meat';

/** `{name}`, `{price}` and `{offer}` stand for the product, its price and what a haggler offers. */
export interface Bank {
  /** Fits whatever is sold. */
  anything: Record<QuestionTopic, readonly string[]>;
  /** What is asked about goods of this kind beside that. */
  byKind: Record<AskedKind, Partial<Record<QuestionTopic, readonly string[]>>>;
  praise: readonly string[];
  /** In the order in which somebody says them who will not give up. */
  haggle: readonly string[];
  /** Rude, and fit to be read aloud in a class. */
  troll: readonly string[];
  /** What people are called. */
  names: readonly string[];
  /** Of orders: nobody lives there, nothing is sent. */
  address: string;
}
