// Owns the way from a product to where it is explained in the replay.
import { css, html, LitElement, nothing } from 'lit';
import { property } from 'lit/decorators.js';
import type { Product } from '../../server/protocol/shop.ts';
import { Localize } from '../i18n/index.ts';
import { replayMessages } from '../i18n/replay.ts';
import { clockText, explanationsOf, sendShowEvent, type Visit } from '../show/index.ts';
import { buttonStyles, define, icon, tokens } from '../ui/index.ts';

/** As many as fit beside a product in the list; its page has all. */
const LIST_LIMIT = 3;

/** Buttons that play a product's explanations. Private to `<fieldcast-shelf>`, which loads it with the first replay. */
export class FieldcastMoments extends LitElement {
  static override styles = [
    tokens,
    buttonStyles,
    css`
      .moments {
        display: flex;
        flex-wrap: wrap;
        gap: 8px;
      }
      .button {
        gap: 6px;
        padding-inline: 12px 14px;
        border-color: transparent;
        border-radius: 999px;
        background: var(--fc-accent-soft);
        color: var(--fc-accent);
        font-size: 15px;
      }
      .button[aria-current] {
        background: var(--fc-accent);
        color: var(--fc-on-accent);
      }
      .button .icon {
        inline-size: 18px;
        block-size: 18px;
      }
    `,
  ];

  @property({ attribute: false }) visit!: Visit;
  @property({ attribute: false }) product!: Product;
  /** All of them, not only the first ones. */
  @property({ type: Boolean }) all = false;
  /** Whether Tab reaches them: in the list only those of the current row. */
  @property({ attribute: false }) isReachable = true;
  /** What is explained now: another one draws this anew. */
  @property({ attribute: false }) chapter: unknown = null;

  #localize = new Localize(this, replayMessages);

  override render() {
    const { replay, chapter: current } = this.visit.playhead;
    const moments = replay ? explanationsOf(replay, this.product.id) : [];
    if (moments.length === 0) return nothing;
    const { text } = this.#localize;
    return html`<div class="moments" part="moments">
      ${moments.slice(0, this.all ? moments.length : LIST_LIMIT).map((moment, index) => {
        const seen = index === 0 ? text.watchAt(clockText(moment.startMs)) : clockText(moment.startMs);
        return html`<button
          class="button"
          type="button"
          tabindex=${this.isReachable ? 0 : -1}
          aria-label=${text.watchProductAt(this.product.name, seen)}
          aria-current=${moment === current ? 'true' : nothing}
          @click=${() => this.#watch(moment.startMs)}
        >
          ${icon('play')}${seen}
        </button>`;
      })}
    </div>`;
  }

  #watch(timeMs: number): void {
    this.visit.playhead.jump(timeMs);
    sendShowEvent(this, this.visit, 'fieldcast-moment-open', { productId: this.product.id, timeMs });
  }
}

define('fieldcast-moments', FieldcastMoments);
