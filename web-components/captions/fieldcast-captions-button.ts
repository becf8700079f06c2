// Owns the button that asks for captions, and how large: there only when the show has some.
import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import { property, state } from 'lit/decorators.js';
import { captionMessages } from '../i18n/captions.ts';
import { Localize } from '../i18n/index.ts';
import type { Visit } from '../show/index.ts';
import { buttonStyles, icon, tokens } from '../ui/index.ts';
import { captionChoice, captionChoices, type CaptionChoice } from './caption-choice.ts';
import { sceneOf } from './caption-scene.ts';

/** Inside the player only. */
export class FieldcastCaptionsButton extends LitElement {
  static override styles = [
    tokens,
    buttonStyles,
    css`
      :host {
        position: relative;
        flex: none;
      }
      :host([hidden]) {
        display: none;
      }
      .cc {
        border: 0;
        background: var(--fc-scrim);
        color: #fff;
        font-size: 15px;
        font-weight: 750;
        letter-spacing: 0.02em;
        box-shadow: inset 0 0 0 1px rgb(255 255 255 / 0.22);
      }
      .cc.on {
        background: #fff;
        color: #14201a;
      }
      .choices {
        position: absolute;
        z-index: 3;
        inset-block-start: calc(100% + 8px);
        inset-inline-end: 0;
        display: grid;
        inline-size: max-content;
        min-inline-size: 176px;
        padding: 6px;
        border-radius: var(--fc-radius);
        background: var(--fc-surface);
        color: var(--fc-text);
        box-shadow: var(--fc-shadow);
      }
      .choices .button {
        justify-content: flex-start;
        border: 0;
        font-size: 16px;
        text-align: start;
      }
      .choices .icon {
        visibility: hidden;
      }
      .choices [aria-checked='true'] .icon {
        visibility: visible;
      }
      .large {
        font-size: 20px;
      }
    `,
  ];

  @property({ attribute: false }) visit: Visit | null = null;
  @state() private isOpen = false;

  #localize = new Localize(this, captionMessages);
  #watched: Visit | null = null;
  #stops: (() => void)[] = [];

  override connectedCallback(): void {
    super.connectedCallback();
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#watch(null);
    this.#close();
  }

  protected override willUpdate(_changed: PropertyValues<this>): void {
    if (this.isConnected) this.#watch(this.visit);
    this.hidden = !this.visit || !sceneOf(this.visit).hasAny;
  }

  override render() {
    const { text } = this.#localize;
    const { value } = captionChoice();
    return html`<button
        class="icon-button cc ${value === 'off' ? '' : 'on'}"
        part="captions-button"
        type="button"
        aria-label=${text.button(text.choices[value])}
        aria-haspopup="menu"
        aria-expanded=${this.isOpen ? 'true' : 'false'}
        @click=${() => (this.isOpen ? this.#close() : this.#open())}
      >
        ${text.sign}
      </button>
      ${this.isOpen
        ? html`<div class="choices" role="menu" aria-label=${text.captions} @keydown=${this.#onKey}>
            ${captionChoices.map(
              (choice) =>
                html`<button class="button ${choice}" type="button" role="menuitemradio" aria-checked=${choice === value ? 'true' : 'false'} tabindex="-1" @click=${() => this.#choose(choice)}>
                  ${icon('check')}${text.choices[choice]}
                </button>`,
            )}
          </div>`
        : nothing}`;
  }

  #open(): void {
    this.isOpen = true;
    document.addEventListener('pointerdown', this.#onOutside, true);
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>('[aria-checked="true"]')?.focus());
  }

  #close(): void {
    this.isOpen = false;
    document.removeEventListener('pointerdown', this.#onOutside, true);
  }

  #choose(choice: CaptionChoice): void {
    captionChoice().value = choice;
    this.#close();
    this.renderRoot.querySelector<HTMLElement>('.cc')?.focus();
  }

  #onKey(event: KeyboardEvent): void {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      const items = [...this.renderRoot.querySelectorAll<HTMLElement>('.choices button')];
      const at = items.indexOf(this.renderRoot.querySelector('.choices button:focus') as HTMLElement);
      items[(at + step + items.length) % items.length]?.focus();
      event.preventDefault();
    } else if (event.key === 'Escape') {
      this.#close();
      this.renderRoot.querySelector<HTMLElement>('.cc')?.focus();
    } else return;
    event.stopPropagation();
  }

  readonly #onOutside = (event: Event): void => {
    if (!event.composedPath().includes(this)) this.#close();
  };

  #watch(visit: Visit | null): void {
    if (visit === this.#watched) return;
    for (const stop of this.#stops) stop();
    this.#watched = visit;
    const redraw = (): void => this.requestUpdate();
    this.#stops = visit ? [sceneOf(visit).subscribe(redraw), captionChoice().subscribe(redraw)] : [];
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fieldcast-captions-button': FieldcastCaptionsButton;
  }
}
