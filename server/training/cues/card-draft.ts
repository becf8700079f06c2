// Owns the card of a product that nobody has written yet: what is known of the product, and how such goods are spoken of. Pure.
import type { CueCardRequest } from '../../protocol/cue-cards.ts';
import { CARD_FACT_LIMIT, CARD_FACTS_LIMIT, CARD_LINE_LIMIT, CARD_LINES_LIMIT, CARD_OBJECTIONS_LIMIT, type ScriptLang } from '../../protocol/cue-limits.ts';
import type { Product } from '../../protocol/shop.ts';
import { kindOf, templates } from './templates/index.ts';

/** What of a product a card is made of. */
export type CardGoods = Pick<Product, 'name' | 'facts' | 'limitPerBuyer'>;

export function cardDraft(product: CardGoods, lang: ScriptLang): CueCardRequest {
  const { facts: say, kinds } = templates[lang];
  const words = kinds[kindOf(product.name)];
  const { facts = {}, limitPerBuyer } = product;
  const mustSay = [
    facts.origin && say.origin(facts.origin),
    facts.grade && say.grade(facts.grade),
    facts.harvestedOn && say.harvested(facts.harvestedOn),
    facts.storage && say.storage(facts.storage),
    facts.returnRule && say.returns(facts.returnRule),
    limitPerBuyer !== undefined && say.limit(limitPerBuyer),
  ].flatMap((each) => each || []);
  return {
    lines: [words.origin[0], words.demonstration[0], words.demonstration[1], words.grade[0], say.price].flatMap((each) => (each ? shortened(each, CARD_LINE_LIMIT) : [])).slice(0, CARD_LINES_LIMIT),
    mustSay: mustSay.map((each) => shortened(each.replace(/\s+/g, ' '), CARD_FACT_LIMIT)).slice(0, CARD_FACTS_LIMIT),
    objections: words.objections.slice(0, CARD_OBJECTIONS_LIMIT).map(({ asked, answer }) => ({ asked, answer })),
  };
}

function shortened(text: string, limit: number): string {
  // Half a sign of two units is none.
  return text.length <= limit ? text : `${text.slice(0, limit - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}
