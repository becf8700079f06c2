// Owns hearts and thumbs over the picture: the button, how many there are, and those that rise when people tap.
import { css, html, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { type ReactionKind, reactionKinds } from '../../server/protocol/stage-limits.ts';
import { sendShowEvent, type Visit } from '../show/index.ts';
import { tokens } from '../ui/index.ts';
import { sign } from './signs.ts';
import type { StageLog } from './stage-log.ts';
import { StagePart } from './stage-part.ts';

/** Nodes that rise; more at once cost a cheap phone frames of the picture. */
const POOL = 8;
const RISE_MS = 1_700;
/** Those of one burst come one after the other. */
const SPREAD_MS = 90;

/** Inside the player, which places it; with `passive` the seller sees what comes and gives none. */
export class FieldcastHearts extends StagePart {
  static override styles = [
    tokens,
    css`
      :host {
        position: absolute;
        inset-inline-end: 12px;
        inset-block-end: var(--fc-heart-foot, calc(var(--fc-captions-foot, 12px) + var(--fc-strip, 0px)));
        display: flex;
        gap: 8px;
        pointer-events: none;
      }
      button {
        appearance: none;
        position: relative;
        display: grid;
        place-items: center;
        inline-size: 50px;
        block-size: 50px;
        padding: 0 0 7px;
        border: 0;
        border-radius: 50%;
        background: var(--fc-scrim);
        color: #fff;
        font: inherit;
        cursor: pointer;
        pointer-events: auto;
        touch-action: manipulation;
        -webkit-tap-highlight-color: transparent;
        user-select: none;
        -webkit-user-select: none;
        box-shadow: 0 4px 18px rgb(0 0 0 / 0.28);
      }
      button:focus-visible {
        outline: 3px solid #fff;
        outline-offset: 2px;
      }
      .thumb-button {
        display: none;
      }
      @container (min-width: 560px) {
        .thumb-button {
          display: grid;
        }
      }
      .sign {
        inline-size: 26px;
        block-size: 26px;
        fill: #ff5a6e;
      }
      .sign.thumb {
        fill: #ffc94d;
      }
      .count {
        position: absolute;
        inset-block-end: 4px;
        inset-inline: 0;
        font-size: 11.5px;
        font-weight: 700;
        line-height: 1;
        text-align: center;
        font-variant-numeric: tabular-nums;
      }
      .pool {
        position: absolute;
        inset-inline-end: 8px;
        inset-block-end: 56px;
        inline-size: 34px;
        block-size: 34px;
        contain: layout style;
      }
      .pool span {
        position: absolute;
        inset: 0;
        opacity: 0;
      }
      .pool .sign {
        inline-size: 34px;
        block-size: 34px;
      }
      .pool .kind-heart .thumb,
      .pool .kind-thumb .heart {
        display: none;
      }
      :host([passive]) {
        position: static;
        align-items: center;
        color: #fff;
        font-weight: inherit;
      }
      :host([passive]) .total {
        display: inline-flex;
        align-items: center;
        gap: 4px;
      }
      :host([passive]) .total .sign {
        inline-size: 18px;
        block-size: 18px;
      }
      @media (prefers-reduced-motion: no-preference) {
        button:active .sign {
          transform: scale(1.25);
        }
      }
    `,
  ];

  @property({ type: Boolean, reflect: true }) passive = false;
  #next = 0;
  readonly #still = matchMedia('(prefers-reduced-motion: reduce)');

  protected override follow(stage: StageLog): (() => void)[] {
    return [stage.onBurst((counts) => reactionKinds.forEach((kind) => this.#rise(kind, counts[kind])))];
  }

  protected override render(): TemplateResult | typeof nothing {
    const { stage } = this;
    if (!stage) return nothing;
    const { text } = this.words;
    const { totals } = stage;
    if (this.passive) {
      const all = totals.heart + totals.thumb;
      return html`${all > 0 ? html`<span class="total" role="img" aria-label=${text.total(this.words.number(all))}>${sign('heart')}${this.#short(all)}</span>` : nothing}`;
    }
    const pool = html`<div class="pool" aria-hidden="true">${Array.from({ length: POOL }, () => html`<span>${sign('heart')}${sign('thumb')}</span>`)}</div>`;
    return html`${[...reactionKinds].reverse().map(
      (kind) => html`<button class="${kind}-button" part="heart" type="button" aria-label=${text.tap[kind](this.words.number(totals[kind]))} @click=${() => this.#tap(kind)}>
        ${sign(kind)}<span class="count" aria-hidden="true">${totals[kind] > 0 ? this.#short(totals[kind]) : nothing}</span>
      </button>`,
    )}${pool}`;
  }

  #tap(kind: ReactionKind): void {
    this.stage?.tap(kind);
    const visit = this.visit;
    if (visit?.playhead) sendShowEvent(this, visit as Visit, 'fieldcast-interaction', { deed: 'like', count: 1 });
    this.#rise(kind, 1);
  }

  /** 1,234 has room, 12,345 is 1.2万 or 12K. */
  #short(count: number): string {
    return count < 10_000 ? String(count) : new Intl.NumberFormat(this.words.locale, { notation: 'compact', maximumFractionDigits: 1 }).format(count);
  }

  #rise(kind: ReactionKind, count: number): void {
    if (this.#still.matches || document.hidden) return;
    const nodes = this.renderRoot.querySelectorAll<HTMLElement>('.pool span');
    for (let index = 0; index < Math.min(count, nodes.length); index += 1) {
      const node = nodes[this.#next % nodes.length];
      // All of them rise already: a crowd is seen without more.
      if (!node || node.getAnimations().length > 0) return;
      this.#next += 1;
      node.className = `kind-${kind}`;
      const drift = Math.round(Math.random() * 44 - 30);
      node.animate(
        [
          { transform: 'translate(0, 0) scale(0.6)', opacity: 0.95 },
          { transform: `translate(${drift / 2}px, -90px) scale(1)`, opacity: 0.95, offset: 0.5 },
          { transform: `translate(${drift}px, -190px) scale(0.9)`, opacity: 0 },
        ],
        { duration: RISE_MS, delay: index * SPREAD_MS, easing: 'ease-out' },
      );
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fieldcast-hearts': FieldcastHearts;
  }
}
