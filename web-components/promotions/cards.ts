// Owns which element shows which kind of promotion. A kind without one is not shown.
import { html, type TemplateResult } from 'lit';
import type { PromotionKind } from '../../server/protocol/promotion-shape.ts';
import type { Promotion } from '../../server/protocol/promotions.ts';
import type { PromotionOf, Visit } from '../show/index.ts';

export interface CardKind<K extends PromotionKind> {
  /** Whether its goods are bought here: not shown where the shop's page keeps the cart. */
  isSale: boolean;
  draw: (promotion: PromotionOf<K>, visit: Visit) => TemplateResult;
}

const kinds: { [K in PromotionKind]?: CardKind<K> } = {
  coupon: { isSale: true, draw: (promotion, visit) => html`<fieldcast-coupon .visit=${visit} .promotion=${promotion}></fieldcast-coupon>` },
  draw: { isSale: false, draw: (promotion, visit) => html`<fieldcast-draw .visit=${visit} .promotion=${promotion}></fieldcast-draw>` },
  auction: { isSale: true, draw: (promotion, visit) => html`<fieldcast-auction .visit=${visit} .promotion=${promotion}></fieldcast-auction>` },
  'group-buy': { isSale: true, draw: (promotion, visit) => html`<fieldcast-group-buy .visit=${visit} .promotion=${promotion}></fieldcast-group-buy>` },
  'flash-sale': { isSale: true, draw: (promotion, visit) => html`<fieldcast-flash-sale .visit=${visit} .promotion=${promotion}></fieldcast-flash-sale>` },
};

/** How a promotion is shown; undefined where it is not. */
export function cardOf(promotion: Promotion): CardKind<PromotionKind> | undefined {
  // Whoever has its code uses it without a card.
  if (promotion.kind === 'coupon' && !promotion.isPinned) return undefined;
  return kinds[promotion.kind] as CardKind<PromotionKind> | undefined;
}
