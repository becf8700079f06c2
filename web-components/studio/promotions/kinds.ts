// Owns which kinds of promotions staff can start, in which order: the form of each, and what the page says of one besides its time.
import { html, type TemplateResult } from 'lit';
import type { PromotionKind } from '../../../server/protocol/promotion-shape.ts';
import type { ShowSnapshot } from '../../../server/protocol/show.ts';
import type { Localize } from '../../i18n/index.ts';
import type { PromotionDeskMessages } from '../../i18n/promotion-desk.ts';
import type { PromotionOf } from '../../show/index.ts';
import type { OfferRoom } from './starter-form.ts';

export interface StarterKind<K extends PromotionKind> {
  kind: K;
  /** A `StarterForm`; it says by `promotion-started` what came of it. */
  form: (room: OfferRoom, snapshot: ShowSnapshot) => TemplateResult;
  /** One line of how it goes; empty for none. */
  facts: (promotion: PromotionOf<K>, localize: Localize<PromotionDeskMessages>) => string;
  /** What else can be done with one, below it. */
  more?: (promotion: PromotionOf<K>, room: OfferRoom) => TemplateResult;
}

const flashSale: StarterKind<'flash-sale'> = {
  kind: 'flash-sale',
  form: (room, snapshot) => html`<fieldcast-flash-form .room=${room} .snapshot=${snapshot}></fieldcast-flash-form>`,
  facts: ({ state, left, units }, localize) => (state === 'over' ? '' : localize.text.left(localize.number(left), localize.number(units))),
};

/** Each kind is judged by its own type only where it is written. */
export const starterKinds = [flashSale] as unknown as readonly StarterKind<PromotionKind>[];

export const starterOf = (kind: PromotionKind): StarterKind<PromotionKind> | undefined => starterKinds.find((each) => each.kind === kind);
