// Owns the sheet that a card opens for more than fits on it: a native modal dialog, so that focus, Escape and what is behind are the browser's work.
import { css, html, LitElement, type TemplateResult } from 'lit';
import { property, query } from 'lit/decorators.js';
import { Localize } from '../i18n/index.ts';
import { promotionMessages } from '../i18n/promotions.ts';
import { buttonStyles, icon, sheetStyles, tokens } from '../ui/index.ts';

/**
 * Open while it is in the page. Fires `sheet-close` when the person wants it gone; the owner then takes it out.
 * @slot - what it shows
 */
export class FieldcastPromotionSheet extends LitElement {
  static override styles = [
    tokens,
    buttonStyles,
    sheetStyles,
    css`
      dialog {
        position: fixed;
        inset: auto 0 0;
        inline-size: 100%;
        max-inline-size: 560px;
        max-block-size: 88dvh;
        margin: 0 auto;
        padding: 0;
        border: 0;
      }
      dialog:not([open]) {
        display: none;
      }
      dialog::backdrop {
        background: rgb(0 0 0 / 0.45);
      }
      h2 {
        outline: none;
      }
      .sheet-body {
        padding-block-end: calc(16px + env(safe-area-inset-bottom));
      }
    `,
  ];

  @property() heading = '';
  @query('dialog') private dialog!: HTMLDialogElement;
  readonly #words = new Localize(this, promotionMessages);

  protected override firstUpdated(): void {
    this.dialog.showModal();
  }

  protected override render(): TemplateResult {
    return html`<dialog
      class="sheet rising"
      aria-labelledby="heading"
      @cancel=${(event: Event) => {
        event.preventDefault();
        this.#close();
      }}
      @click=${(event: Event) => event.target === this.dialog && this.#close()}
    >
      <header class="sheet-head">
        <h2 id="heading" tabindex="-1" autofocus>${this.heading}</h2>
        <button class="icon-button" type="button" aria-label=${this.#words.text.close} @click=${() => this.#close()}>${icon('close')}</button>
      </header>
      <div class="sheet-body"><slot></slot></div>
    </dialog>`;
  }

  #close(): void {
    this.dispatchEvent(new CustomEvent('sheet-close'));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fieldcast-promotion-sheet': FieldcastPromotionSheet;
  }
}
