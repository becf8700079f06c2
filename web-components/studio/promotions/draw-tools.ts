// Owns what staff do with a draw: draw before its time, and afterwards see who won and where the prizes go, and note those that are sent.
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { DrawWinner } from '../../../server/protocol/draw.ts';
import { drawNow, listWinners, markPrize } from '../../../server/protocol/endpoints.ts';
import { Localize } from '../../i18n/index.ts';
import { promotionDeskMessages } from '../../i18n/promotion-desk.ts';
import { type PromotionOf, promotionsOf } from '../../show/index.ts';
import { icon, tokens } from '../../ui/index.ts';
import { tell } from '../notice.ts';
import { studioStyles } from '../studio.styles.ts';
import type { OfferRoom } from './starter-form.ts';

/** Winners leave their addresses in the minutes after the draw; nobody is told of that. */
const LOOK_MS = 10_000;

export class FieldcastDrawTools extends LitElement {
  static override styles = [
    tokens,
    studioStyles,
    css`
      :host {
        display: grid;
        gap: 10px;
      }
      .act {
        min-block-size: 52px;
        font-size: 17px;
      }
      ul {
        display: grid;
        gap: 8px;
      }
      li {
        display: grid;
        gap: 2px;
        padding: 10px 12px;
        border-radius: 14px;
        background: var(--fc-sunken);
        font-size: 17px;
        line-height: 1.35;
        overflow-wrap: anywhere;
      }
      .done {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: space-between;
        gap: 8px;
      }
      .done > span {
        display: inline-flex;
        align-items: center;
        gap: 6px;
        color: var(--fc-accent);
        font-weight: 700;
      }
      .done .icon {
        inline-size: 22px;
        block-size: 22px;
      }
      .soft {
        color: var(--fc-muted);
        font-size: 16px;
      }
      a {
        display: inline-flex;
        align-items: center;
        gap: 6px;
        min-block-size: 44px;
        color: var(--fc-accent);
        font-weight: 700;
      }
      a .icon {
        inline-size: 22px;
        block-size: 22px;
      }
    `,
  ];

  @property({ attribute: false }) room: OfferRoom | null = null;
  @property({ attribute: false }) draw: PromotionOf<'draw'> | null = null;
  @state() private winners: readonly DrawWinner[] | null = null;
  @state() private isShown = false;
  @state() private isBusy = false;
  readonly #words = new Localize(this, promotionDeskMessages);
  #looking: ReturnType<typeof setInterval> | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#looking);
    this.#looking = undefined;
  }

  protected override updated(_changed: PropertyValues): void {
    const isWaiting = this.isShown && this.isConnected && (this.winners?.some(({ prizeTo }) => prizeTo === null) ?? true);
    if (isWaiting) this.#looking ??= setInterval(() => void this.#read(), LOOK_MS);
    else {
      clearInterval(this.#looking);
      this.#looking = undefined;
    }
  }

  protected override render(): TemplateResult | typeof nothing {
    const { draw, room } = this;
    if (!draw || !room) return nothing;
    const { draw: text } = this.#words.text;
    if (draw.state !== 'over') return html`<button class="act on" type="button" ?disabled=${this.isBusy} @click=${() => void this.#drawNow(draw)}>${icon('play')}${text.now}</button>`;
    if (draw.winners.length === 0) return nothing;
    // The numbers everybody may see; who is behind them only whoever works orders.
    if (!room.store.rights.includes('orders')) return html`<p class="soft">${draw.winners.join(' · ')}</p>`;
    if (!this.isShown) return html`<button class="act" type="button" @click=${() => this.#show()}>${icon('user')}${text.winners(draw.winners.length)}</button>`;
    return html`<ul aria-label=${text.winners(draw.winners.length)}>
      ${(this.winners ?? []).map(
        ({ place, entry, prizeTo, sentAt }) => html`<li>
          <strong>${text.place(place + 1)} · ${entry}</strong>
          ${prizeTo
            ? html`<span dir="auto">${prizeTo.name} · ${prizeTo.address}</span>${prizeTo.phone.includes('*') ? html`<span>${prizeTo.phone}</span>` : html`<a href="tel:${prizeTo.phone.replaceAll(/[^+\d]/g, '')}">${icon('phone')}${prizeTo.phone}</a>`}`
            : html`<span class="soft">${text.noAddress}</span>`}
          ${sentAt !== null
            ? html`<span class="done"><span>${icon('check')}${text.sent(this.#words.dateTime(sentAt))}</span><button class="act" type="button" ?disabled=${this.isBusy} @click=${() => void this.#mark(draw, place, false)}>${text.notSent}</button></span>`
            : prizeTo
              ? html`<button class="act on" type="button" ?disabled=${this.isBusy} @click=${() => void this.#mark(draw, place, true)}>${icon('truck')}${text.send}</button>`
              : nothing}
        </li>`,
      )}
    </ul>`;
  }

  #show(): void {
    this.isShown = true;
    void this.#read();
  }

  async #read(): Promise<void> {
    const { draw, room } = this;
    if (!draw || !room) return;
    const outcome = await room.client.call(listWinners, { params: { promotionId: draw.id } });
    if (outcome.ok) this.winners = outcome.value.winners;
  }

  async #mark({ id }: Pick<PromotionOf<'draw'>, 'id'>, place: number, isSent: boolean, isUndo = false): Promise<boolean> {
    const { room } = this;
    if (!room || this.isBusy) return false;
    this.isBusy = true;
    const outcome = await room.client.call(markPrize, { params: { promotionId: id, place: String(place) }, body: { isSent } });
    this.isBusy = false;
    const { draw: text, errors } = this.#words.text;
    if (!outcome.ok) {
      if (!isUndo) tell(this, { text: errors[outcome.error.code], isFault: true });
      return false;
    }
    const { winner } = outcome.value;
    this.winners = (this.winners ?? []).map((each) => (each.place === place ? winner : each));
    if (!isUndo) tell(this, { text: isSent ? text.doneSent(place + 1) : text.doneNotSent(place + 1), undo: () => this.#mark({ id }, place, !isSent, true) });
    return true;
  }

  async #drawNow({ id }: PromotionOf<'draw'>): Promise<void> {
    const { room } = this;
    if (!room || this.isBusy) return;
    this.isBusy = true;
    const outcome = await room.client.call(drawNow, { params: { promotionId: id }, body: {} });
    this.isBusy = false;
    const { draw: text, errors } = this.#words.text;
    if (outcome.ok) {
      promotionsOf(room).take(outcome.value);
      tell(this, { text: text.drawn });
    } else tell(this, { text: errors[outcome.error.code], isFault: true });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fieldcast-draw-tools': FieldcastDrawTools;
  }
}
