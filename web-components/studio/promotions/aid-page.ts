// Owns what the pages of codes, waitlists and lots have in common: the show they are for, names of its goods, what went wrong.
import { LitElement } from 'lit';
import { property, state } from 'lit/decorators.js';
import { variantName } from '../../../server/protocol/goods-name.ts';
import type { Product, Variant } from '../../../server/protocol/shop.ts';
import type { ShowSnapshot } from '../../../server/protocol/show.ts';
import { Localize } from '../../i18n/index.ts';
import { promotionDeskMessages, type PromotionDeskMessages } from '../../i18n/promotion-desk.ts';
import type { Failure, Outcome } from '../../show/index.ts';
import type { OfferRoom } from './starter-form.ts';

/** Reads what it is about when it opens, and again by {@link AidPage.refresh}. */
export abstract class AidPage extends LitElement {
  @property({ attribute: false }) room: OfferRoom | null = null;
  @property({ attribute: false }) snapshot: ShowSnapshot | null = null;
  @state() protected fault: Failure | null = null;
  @state() protected isBusy = false;
  protected readonly localize = new Localize(this, promotionDeskMessages);

  override connectedCallback(): void {
    super.connectedCallback();
    void this.updateComplete.then(() => this.refresh());
  }

  /** Asks the server how things stand. */
  abstract refresh(): Promise<void>;

  protected get words(): PromotionDeskMessages {
    return this.localize.text;
  }

  protected number(value: number): string {
    return this.localize.number(value);
  }

  protected goods(): { product: Product; variant: Variant }[] {
    return (this.snapshot?.shelf ?? []).flatMap((product) => product.variants.map((variant) => ({ product, variant })));
  }

  /** Name of a variant that is on the shelf. */
  protected nameOf(variantId: string): string {
    const found = this.goods().find(({ variant }) => variant.id === variantId);
    return found ? nameOf(found) : '';
  }

  /** One call at a time; what went wrong stands on the page. */
  protected async send<T>(call: (room: OfferRoom) => Promise<Outcome<T>>): Promise<T | undefined> {
    const { room } = this;
    if (!room || this.isBusy) return undefined;
    this.isBusy = true;
    const outcome = await call(room);
    this.isBusy = false;
    this.fault = outcome.ok ? null : outcome.error;
    return outcome.ok ? outcome.value : undefined;
  }
}

export function nameOf({ product, variant }: { product: Product; variant: Variant }): string {
  return variantName(product, variant);
}
