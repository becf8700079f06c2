// Owns the words over the picture: two lines, readable on whatever is behind them.
import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import { property } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Visit } from '../show/index.ts';
import { tokens } from '../ui/index.ts';
import { captionChoice } from './caption-choice.ts';
import { type CaptionScene, sceneOf } from './caption-scene.ts';

/** Inside the player only, which places it. It is not announced: what a screen reader would read over and over is being said already. */
export class FieldcastCaptions extends LitElement {
  static override styles = [
    tokens,
    css`
      :host {
        position: absolute;
        inset-inline: 12px var(--fc-captions-end, 12px);
        inset-block-end: var(--fc-captions-sheet, calc(var(--fc-captions-foot, 12px) + var(--fc-strip, 0px)));
        display: flex;
        justify-content: center;
        pointer-events: none;
        --lines: 2;
        font-size: clamp(18px, 2.4cqi, 26px);
      }
      :host(.large) {
        --lines: 3;
        font-size: clamp(25px, 3.2cqi, 36px);
      }
      .box {
        display: flex;
        flex-direction: column;
        justify-content: flex-end;
        box-sizing: content-box;
        /* Whole rows only: what does not fit goes at the top. */
        max-block-size: calc(var(--lines) * 1.35em);
        max-inline-size: min(100% - 20px, 34em);
        overflow: hidden;
        padding-inline: 10px;
        border-radius: 8px;
        background: rgb(8 12 10 / 0.82);
        color: #fff;
        font-weight: 600;
        line-height: 1.35;
        text-align: center;
        text-wrap: pretty;
        overflow-wrap: anywhere;
      }
      p {
        flex: none;
        margin: 0;
      }
      .draft {
        color: rgb(255 255 255 / 0.88);
      }
    `,
  ];

  @property({ attribute: false }) visit: Visit | null = null;
  /** The element that shows the picture now. */
  @property({ attribute: false }) video: HTMLVideoElement | null = null;

  #scene: CaptionScene | null = null;
  #stop: (() => void) | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#use(null);
  }

  protected override willUpdate(_changed: PropertyValues<this>): void {
    if (!this.isConnected) return;
    this.#use(this.visit && sceneOf(this.visit));
    this.#scene?.follow(this.video);
    this.classList.toggle('large', captionChoice().value === 'large');
  }

  override render() {
    const standing = captionChoice().value === 'off' ? [] : (this.#scene?.standing ?? []);
    if (standing.length === 0) return nothing;
    return html`<div class="box" part="captions">
      ${repeat(
        standing,
        ({ key }) => key,
        ({ text, lang, isDraft }) => html`<p class=${isDraft ? 'draft' : ''} dir="auto" lang=${lang || nothing}>${text}</p>`,
      )}
    </div>`;
  }

  #use(scene: CaptionScene | null): void {
    if (scene === this.#scene) return;
    this.#stop?.();
    this.#scene?.stop();
    this.#scene = scene;
    this.#stop = scene?.subscribe(() => this.requestUpdate()) ?? null;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fieldcast-captions': FieldcastCaptions;
  }
}
