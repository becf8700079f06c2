// Owns what staff do with a coupon that is out: read its code aloud, pin its card or take it away.
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { changeCoupon, listCoupons } from '../../../server/protocol/endpoints.ts';
import { Localize } from '../../i18n/index.ts';
import { promotionDeskMessages } from '../../i18n/promotion-desk.ts';
import { type PromotionOf, promotionsOf } from '../../show/index.ts';
import { icon, tokens } from '../../ui/index.ts';
import { tell } from '../notice.ts';
import { studioStyles } from '../studio.styles.ts';
import type { OfferRoom } from './starter-form.ts';

export class FieldcastCouponTools extends LitElement {
  static override styles = [
    tokens,
    studioStyles,
    css`
      :host {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 8px 14px;
      }
      p {
        flex: 1 1 auto;
        font-size: 17px;
      }
      strong {
        font-size: 21px;
        letter-spacing: 0.06em;
        overflow-wrap: anywhere;
      }
      .act {
        min-block-size: 52px;
        font-size: 17px;
      }
    `,
  ];

  @property({ attribute: false }) room: OfferRoom | null = null;
  @property({ attribute: false }) coupon: PromotionOf<'coupon'> | null = null;
  @state() private code = '';
  @state() private isBusy = false;
  /** As it was answered last, before the page has heard of it. */
  @state() private answered: PromotionOf<'coupon'> | null = null;
  readonly #words = new Localize(this, promotionDeskMessages);
  #asked = '';

  protected override willUpdate(_changed: PropertyValues): void {
    const id = this.coupon?.id ?? '';
    if (id === this.#asked) return;
    this.#asked = id;
    this.code = '';
    this.answered = null;
    if (this.room && id) void this.#read(this.room, id);
  }

  protected override render(): TemplateResult | typeof nothing {
    const coupon = this.answered && this.coupon && this.answered.revision > this.coupon.revision ? this.answered : this.coupon;
    if (!coupon) return nothing;
    const { coupon: text } = this.#words.text;
    return html`<p>${text.codeIs} <strong>${this.code}</strong></p>
      ${coupon.state === 'over'
        ? nothing
        : html`<button class="act" type="button" ?disabled=${this.isBusy} @click=${() => void this.#pin(coupon, !coupon.isPinned)}>${icon('pin')}${coupon.isPinned ? text.unpin : text.pin}</button>`}`;
  }

  async #read({ client, showId }: OfferRoom, id: string): Promise<void> {
    const outcome = await client.call(listCoupons, { params: { showId } });
    if (id !== this.#asked) return;
    if (outcome.ok) this.code = outcome.value.coupons.find(({ coupon }) => coupon.id === id)?.code ?? '';
    else this.#asked = '';
  }

  async #pin({ id }: PromotionOf<'coupon'>, isPinned: boolean): Promise<boolean> {
    const { room } = this;
    if (!room || this.isBusy) return false;
    this.isBusy = true;
    const outcome = await room.client.call(changeCoupon, { params: { promotionId: id }, body: { isPinned } });
    this.isBusy = false;
    const { coupon: text, errors } = this.#words.text;
    if (!outcome.ok) {
      tell(this, { text: errors[outcome.error.code], isFault: true });
      return false;
    }
    this.answered = outcome.value.coupon;
    promotionsOf(room).take(outcome.value.coupon);
    tell(this, { text: isPinned ? text.pinned : text.unpinned, undo: () => this.#pin(outcome.value.coupon, !isPinned) });
    return true;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fieldcast-coupon-tools': FieldcastCouponTools;
  }
}
