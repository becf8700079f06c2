// Owns what a template is made of: words for every kind of goods, and for each kind what is its own.
import type { GoodsKind, ScriptPart } from '../../../protocol/cue-limits.ts';

export interface Objection {
  asked: string;
  answer: string;
}

/** What is said of one kind of goods; `{goods}`, `{price}`, `{origin}`, `{grade}`, `{seller}` stand for the product's own. */
export interface KindWords {
  origin: readonly string[];
  demonstration: readonly string[];
  grade: readonly string[];
  objections: readonly Objection[];
}

export interface TemplateWords {
  titleOf: Readonly<Record<GoodsKind, string>>;
  opening: readonly string[];
  price: readonly string[];
  delivery: readonly string[];
  closing: readonly string[];
  kinds: Readonly<Record<GoodsKind, KindWords>>;
  /** Sentences of a card made of what is known of a product. */
  facts: {
    price: string;
    origin: (origin: string) => string;
    grade: (grade: string) => string;
    harvested: (day: string) => string;
    storage: (storage: string) => string;
    returns: (rule: string) => string;
    limit: (count: number) => string;
  };
  copied: (title: string) => string;
}

/** How long a part takes, s. Those of a product come again with each product. */
export const PART_SECONDS: Readonly<Record<Exclude<ScriptPart, 'other'>, number>> = {
  opening: 60,
  origin: 60,
  demonstration: 120,
  grade: 45,
  price: 60,
  delivery: 30,
  objections: 60,
  closing: 60,
};
