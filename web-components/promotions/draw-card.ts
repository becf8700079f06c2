// Owns the card of a lucky draw: the prize, how to take part, the number that the viewer has, and what came of it.
import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { state as own } from 'lit/decorators.js';
import type { Draw } from '../../server/protocol/draw.ts';
import { type Failure, promotionsOf, type Visit } from '../show/index.ts';
import { buttonStyles, icon, tokens } from '../ui/index.ts';
import { cardFrame } from './card.styles.ts';
import { type OwnDraws, ownDrawsOf } from './own-draws.ts';
import { PromotionCard } from './promotion-card.ts';

export class FieldcastDraw extends PromotionCard<'draw'> {
  static override styles = [
    tokens,
    buttonStyles,
    cardFrame,
    css`
      .body {
        min-block-size: 52px;
      }
      .entered {
        display: inline-flex;
        align-items: center;
        gap: 4px;
        flex: none;
        color: var(--fc-accent);
        font-size: 15px;
        font-weight: 650;
      }
      .entered .icon {
        inline-size: 20px;
        block-size: 20px;
      }
      .won .head strong {
        background: #b3261e;
      }
    `,
  ];

  @own() private isOpen = false;
  @own() private fault: Failure | null = null;
  #draws: OwnDraws | null = null;
  #stops: (() => void)[] = [];

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#follow(null);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (this.isConnected) this.#follow(this.visit);
    if (this.promotion) this.#draws?.look(this.promotion);
  }

  protected override render(): TemplateResult | typeof nothing {
    const { visit, promotion, state } = this;
    const draws = this.#draws;
    if (!visit || !promotion || !draws) return nothing;
    const { draw: text, kinds, errors } = this.words;
    const mine = draws.of(promotion.id);
    const place = draws.placeIn(promotion);
    const hasWon = place !== null;
    return html`<article class="card ${hasWon ? 'won' : state}" part="promotion" aria-label="${kinds.draw}: ${promotion.title}">
        <p class="head">
          <strong>${kinds.draw}</strong>
          ${state === 'over' ? html`<span role="status">${this.#result(promotion, hasWon, mine !== null)}</span>` : html`<span>${text.endsIn}</span><span class="clock" role="timer">${this.clock}</span>`}
          <span class="end">${text.entries(this.localize.number(promotion.entries), promotion.entries)}</span>
        </p>
        <div class="body">
          <button class="open" type="button" aria-haspopup="dialog" @click=${this.#open}>
            <span class="words">
              <span class="name" dir="auto">${promotion.title}</span>
              <span class="fine">${text.prizes(promotion.prizes)} · ${mine ? text.number(mine.entry) : promotion.followersOnly ? text.forFollowers : text.noPurchase}</span>
              ${this.fault ? html`<span class="fine" role="alert">${errors[this.fault.code]}</span>` : nothing}
            </span>
          </button>
          ${state === 'over' ? this.#after(promotion, hasWon) : mine ? html`<span class="entered">${icon('check')}${text.entered}</span>` : this.#enterButton(promotion)}
        </div>
      </article>
      ${this.isOpen
        ? html`<fieldcast-promotion-sheet .heading=${`${kinds.draw}: ${promotion.title}`} @sheet-close=${this.#close}>
            <fieldcast-draw-sheet .visit=${visit} .draw=${promotion}></fieldcast-draw-sheet>
          </fieldcast-promotion-sheet>`
        : nothing}`;
  }

  #result({ drawnAt, endedWhy, winners }: Draw, hasWon: boolean, hasEntered: boolean): string {
    const { draw: text } = this.words;
    if (drawnAt === null) return endedWhy === 'staff' ? text.calledOff : text.drawing;
    if (hasWon) return text.won;
    return winners.length === 0 ? text.nobody : hasEntered ? text.lost : text.drawn;
  }

  #after(draw: Draw, hasWon: boolean): TemplateResult | typeof nothing {
    const { draw: text } = this.words;
    if (draw.drawnAt === null) return nothing;
    const isLeft = this.#draws?.of(draw.id)?.prizeTo != null;
    return html`<button class="button ${hasWon && !isLeft ? 'primary' : ''}" type="button" aria-haspopup="dialog" @click=${this.#open}>${hasWon ? (isLeft ? text.prize : text.claim) : text.result}</button>`;
  }

  #enterButton(draw: Draw): TemplateResult {
    const { draw: text } = this.words;
    const label = draw.entry === 'word' ? text.say(draw.word ?? '') : draw.followersOnly ? text.followAndEnter : text.enter;
    return html`<button class="button primary" type="button" ?disabled=${this.#draws?.isBusy(draw.id)} @click=${() => void this.#enter(draw)}>${label}</button>`;
  }

  #follow(visit: Visit | null): void {
    const draws = visit && ownDrawsOf(visit);
    if (draws === this.#draws) return;
    for (const stop of this.#stops) stop();
    this.#draws = draws;
    this.#stops = draws ? [draws.use(), draws.subscribe(() => this.requestUpdate())] : [];
  }

  async #enter(draw: Draw): Promise<void> {
    this.fault = (await this.#draws?.enter(draw)) ?? null;
  }

  #open(): void {
    this.isOpen = true;
    this.#hold();
  }

  #close(): void {
    this.isOpen = false;
    this.#hold();
  }

  /** What somebody reads does not go away under their eyes. */
  #hold(): void {
    if (this.visit && this.promotion) promotionsOf(this.visit).hold(this.promotion.id, 'sheet', this.isOpen);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fieldcast-draw': FieldcastDraw;
  }
}
