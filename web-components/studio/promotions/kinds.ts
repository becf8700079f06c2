// Owns which kinds of promotions staff can start, in which order: the form of each, and what the page says of one besides its time.
import { html, type TemplateResult } from 'lit';
import type { PromotionKind } from '../../../server/protocol/promotion-shape.ts';
import type { Currency } from '../../../server/protocol/money-format.ts';
import type { ShowSnapshot } from '../../../server/protocol/show.ts';
import { couponName } from '../../i18n/coupon.ts';
import type { Localize } from '../../i18n/index.ts';
import type { PromotionDeskMessages } from '../../i18n/promotion-desk.ts';
import type { PromotionOf } from '../../show/index.ts';
import type { OfferRoom } from './starter-form.ts';

export interface StarterKind<K extends PromotionKind> {
  kind: K;
  /** A `StarterForm`; it says by `promotion-started` what came of it. */
  form: (room: OfferRoom, snapshot: ShowSnapshot) => TemplateResult;
  /** One line of how it goes; empty for none. */
  facts: (promotion: PromotionOf<K>, localize: Localize<PromotionDeskMessages>, currency: Currency) => string;
  /** What ending one means, where it is not the usual. */
  endHint?: (localize: Localize<PromotionDeskMessages>) => string;
  /** What else can be done with one, below it. */
  more?: (promotion: PromotionOf<K>, room: OfferRoom) => TemplateResult;
}

const flashSale: StarterKind<'flash-sale'> = {
  kind: 'flash-sale',
  form: (room, snapshot) => html`<fieldcast-flash-form .room=${room} .snapshot=${snapshot}></fieldcast-flash-form>`,
  facts: ({ state, left, units }, localize) => (state === 'over' ? '' : localize.text.left(localize.number(left), localize.number(units))),
};

const coupon: StarterKind<'coupon'> = {
  kind: 'coupon',
  form: (room, snapshot) => html`<fieldcast-coupon-form .room=${room} .snapshot=${snapshot}></fieldcast-coupon-form>`,
  facts: (promotion, localize, currency) => {
    const { text } = localize;
    const name = couponName({ ...promotion, title: '' }, text.couponWords, localize, currency);
    return promotion.left === null || promotion.state === 'over' ? name : `${name} · ${text.left(localize.number(promotion.left), localize.number(promotion.uses ?? 0))}`;
  },
  endHint: ({ text }) => text.coupon.endHint,
  more: (promotion, room) => html`<fieldcast-coupon-tools .room=${room} .coupon=${promotion}></fieldcast-coupon-tools>`,
};

const draw: StarterKind<'draw'> = {
  kind: 'draw',
  form: (room, snapshot) => html`<fieldcast-draw-form .room=${room} .snapshot=${snapshot}></fieldcast-draw-form>`,
  facts: ({ entries, prizes, word }, localize) => {
    const { draw: text } = localize.text;
    return text.facts(localize.number(entries), prizes) + (word === null ? '' : ` · ${text.wordIs(word)}`);
  },
  endHint: ({ text }) => text.draw.endHint,
  more: (promotion, room) => html`<fieldcast-draw-tools .room=${room} .draw=${promotion}></fieldcast-draw-tools>`,
};

const groupBuy: StarterKind<'group-buy'> = {
  kind: 'group-buy',
  form: (room, snapshot) => html`<fieldcast-group-form .room=${room} .snapshot=${snapshot}></fieldcast-group-form>`,
  facts: ({ buyers, waiting, reached, tiers, state, isClosed }, localize, currency) => {
    const { groupBuy: text } = localize.text;
    const tier = tiers[reached];
    const price = tier ? text.reached(localize.money(tier.priceMinor, currency)) : state === 'over' && isClosed ? text.notReached : text.missing((tiers[0]?.buyers ?? 0) - buyers);
    return [text.buyers(buyers), ...(waiting > 0 ? [text.waiting(waiting)] : []), price].join(' · ');
  },
  endHint: ({ text }) => text.groupBuy.endHint,
};

const auction: StarterKind<'auction'> = {
  kind: 'auction',
  form: (room, snapshot) => html`<fieldcast-auction-form .room=${room} .snapshot=${snapshot}></fieldcast-auction-form>`,
  facts: ({ bids, bidders, priceMinor, result }, localize, currency) => {
    const { auction: text } = localize.text;
    const price = localize.money(priceMinor, currency);
    return result === null ? `${text.facts(bids, bidders)} · ${price}` : text.results[result](price);
  },
  endHint: ({ text }) => text.auction.endHint,
  more: (promotion, room) => html`<fieldcast-auction-tools .room=${room} .auction=${promotion}></fieldcast-auction-tools>`,
};

/** Each kind is judged by its own type only where it is written. */
export const starterKinds = [flashSale, coupon, draw, groupBuy, auction] as unknown as readonly StarterKind<PromotionKind>[];

export const starterOf = (kind: PromotionKind): StarterKind<PromotionKind> | undefined => starterKinds.find((each) => each.kind === kind);
