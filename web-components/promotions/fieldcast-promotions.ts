// Owns the strip of promotions over the lower part of the picture: which are shown, in which order, and the room they take.
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Promotion } from '../../server/protocol/promotions.ts';
import { Localize } from '../i18n/index.ts';
import { promotionMessages } from '../i18n/promotions.ts';
import { codesOf, type PromotionLog, promotionsOf, promotionStateAt, type Visit, type WaitLog, waitsOf } from '../show/index.ts';
import { isHostShop, tokens } from '../ui/index.ts';
import { cardOf } from './cards.ts';
import { ownBidsOf } from './own-bids.ts';
import { ownDrawsOf } from './own-draws.ts';
import { codeLayer, dealLayer, layOver } from './deals.ts';

/** Nothing moves under a thumb: after a touch a new card waits its turn. */
const TOUCHED_MS = 5_000;

/** Inside the player only. Over a phone's picture one card stands beside the other; where there is room they stand below each other. */
export class FieldcastPromotions extends LitElement {
  static override styles = [
    tokens,
    css`
      :host {
        position: absolute;
        inset-inline: 12px;
        inset-block-end: var(--fc-captions-foot, 12px);
        max-inline-size: 420px;
        pointer-events: none;
      }
      ul {
        display: flex;
        gap: 8px;
        overflow-x: auto;
        overscroll-behavior-x: contain;
        scroll-snap-type: x mandatory;
        scrollbar-width: none;
        border-radius: var(--fc-radius);
        pointer-events: auto;
      }
      ul::-webkit-scrollbar {
        display: none;
      }
      li {
        flex: 0 0 100%;
        min-inline-size: 0;
        scroll-snap-align: start;
      }
      /* The next one is seen to be there. */
      li:not(:only-child) {
        flex-basis: calc(100% - 28px);
      }
      @container fieldcast-player (min-width: 560px) {
        ul {
          flex-direction: column;
          max-block-size: 320px;
          overflow: hidden auto;
          scroll-snap-type: none;
        }
        li:not(:only-child) {
          flex-basis: auto;
        }
      }
      @media (prefers-reduced-motion: no-preference) {
        li {
          animation: fieldcast-offer 260ms ease-out;
        }
        @keyframes fieldcast-offer {
          from {
            transform: translateY(12px);
            opacity: 0;
          }
        }
      }
    `,
  ];

  @property({ attribute: false }) visit: Visit | null = null;
  readonly #words = new Localize(this, promotionMessages);
  #log: PromotionLog | null = null;
  /** Not where the page sells through a cart of its own. */
  #waits: WaitLog | null = null;
  #stops: (() => void)[] = [];
  /** The page sells through a cart of its own. */
  #isAtHost = false;
  #touchedAt = -Infinity;
  #count = 0;
  readonly #sizes = new ResizeObserver(() => this.#makeRoom());

  override connectedCallback(): void {
    super.connectedCallback();
    this.#sizes.observe(this);
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#sizes.disconnect();
    this.#follow(null);
  }

  protected override willUpdate(): void {
    if (this.isConnected) this.#follow(this.visit);
  }

  protected override updated(_changed: PropertyValues<this>): void {
    const cards = this.renderRoot.querySelectorAll('li');
    const hasMore = cards.length > this.#count;
    this.#count = cards.length;
    if (hasMore && cards.length > 1 && performance.now() - this.#touchedAt > TOUCHED_MS) cards[cards.length - 1]?.scrollIntoView({ block: 'nearest', inline: 'start' });
  }

  protected override render(): TemplateResult | typeof nothing {
    const { visit } = this;
    if (!visit || !this.#log) return nothing;
    const log = this.#log;
    const isReplay = visit.store.snapshot?.show.status === 'ended';
    const isOver = (promotion: Promotion): boolean => promotionStateAt(promotion, log.now()) === 'over';
    const shown = log.shown.filter((promotion, _index, all) => {
      if (!log.isHeld(promotion.id)) {
        // In the replay only what somebody still has to do; and what came of one only until the next of its kind is on.
        if (isReplay || (isOver(promotion) && all.some((other) => other.kind === promotion.kind && !isOver(other)))) return false;
      }
      const card = cardOf(promotion);
      return card && !(this.#isAtHost && card.isSale);
    });
    const waits = this.#waits?.news ?? [];
    const { text } = this.#words;
    const newest = shown.at(-1);
    // The place stands before the words come, or a screen reader would not say them.
    return html`<div class="visually-hidden" role="status">${newest ? text.announce(text.kinds[newest.kind], this.#nameOf(newest, visit)) : nothing}</div>
      ${shown.length + waits.length === 0
        ? nothing
        : html`<ul part="promotions" aria-label=${text.label} @pointerdown=${this.#touch} @scroll=${this.#touch}>
            ${repeat(
              waits,
              ({ id }) => id,
              (wait) => html`<li><fieldcast-wait-card .visit=${visit} .wait=${wait}></fieldcast-wait-card></li>`,
            )}${repeat(
              shown,
              ({ id }) => id,
              (promotion: Promotion) => html`<li>${cardOf(promotion)!.draw(promotion, visit)}</li>`,
            )}
          </ul>`}`;
  }

  /** As the host named it, else what it is about. */
  #nameOf(promotion: Promotion, { store }: Visit): string {
    return promotion.title || ('productId' in promotion && store.snapshot?.shelf.find(({ id }) => id === promotion.productId)?.name) || '';
  }

  #touch(): void {
    this.#touchedAt = performance.now();
  }

  #follow(visit: Visit | null): void {
    const log = visit && promotionsOf(visit);
    const isAtHost = isHostShop(this);
    if (log === this.#log && isAtHost === this.#isAtHost) return;
    this.#isAtHost = isAtHost;
    for (const stop of this.#stops) stop();
    this.#log = log;
    this.#waits = null;
    this.#stops = [];
    if (!visit || !log) return;
    const draw = (): void => this.requestUpdate();
    const codes = codesOf(visit);
    const waits = isAtHost ? null : waitsOf(visit);
    this.#waits = waits;
    const layers = [...(isAtHost ? [] : [dealLayer(log)]), codeLayer(codes)];
    // What was won before is looked for also where nothing is on.
    this.#stops = [log.use(), ownDrawsOf(visit).use(), ...(isAtHost ? [] : [ownBidsOf(visit).use()]), log.subscribe(draw), codes.use(), layOver(layers, visit.store), ...(waits ? [waits.use(), waits.subscribe(draw)] : [])];
  }

  /** Captions and hearts stand above it; they are its neighbours in the player, which has the property for all of them. */
  #makeRoom(): void {
    const { clientHeight } = this;
    this.parentElement?.style.setProperty('--fc-strip', clientHeight > 0 ? `${clientHeight + 8}px` : '0px');
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fieldcast-promotions': FieldcastPromotions;
  }
}
