// Owns which kinds of promotions staff can start, in which order, and the form of each.
import { html, type TemplateResult } from 'lit';
import type { PromotionKind } from '../../../server/protocol/promotion-shape.ts';
import type { ShowSnapshot } from '../../../server/protocol/show.ts';
import type { OfferRoom } from './starter-form.ts';

export interface StarterKind {
  kind: PromotionKind;
  /** A `StarterForm`; it says by `promotion-started` what came of it. */
  form: (room: OfferRoom, snapshot: ShowSnapshot) => TemplateResult;
}

export const starterKinds: readonly StarterKind[] = [
  { kind: 'flash-sale', form: (room, snapshot) => html`<fieldcast-flash-form .room=${room} .snapshot=${snapshot}></fieldcast-flash-form>` },
];
