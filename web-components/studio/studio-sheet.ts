// Owns the studio's sheet: a native modal dialog from the bottom edge, so that focus, Escape and what is behind are the browser's work.
import { css, html, LitElement, type TemplateResult } from 'lit';
import { property, query } from 'lit/decorators.js';
import { icon, tokens } from '../ui/index.ts';
import { studioStyles } from './studio.styles.ts';

/**
 * Open while it is in the page. Fires `sheet-close` when the person wants it gone; the owner then takes it out.
 * @slot - what it shows
 */
export class FieldcastStudioSheet extends LitElement {
  static override styles = [
    tokens,
    studioStyles,
    css`
      dialog {
        position: fixed;
        inset: auto 0 0;
        inline-size: 100%;
        max-inline-size: 560px;
        max-block-size: calc(94dvh / var(--fc-zoom, 1));
        margin: 0 auto;
        padding: 0;
        border: 0;
        border-radius: 22px 22px 0 0;
        background: var(--fc-surface);
        color: var(--fc-text);
        overflow: hidden;
      }
      dialog[open] {
        display: flex;
        flex-direction: column;
      }
      dialog::backdrop {
        background: rgb(0 0 0 / 0.6);
      }
      header {
        display: flex;
        align-items: center;
        gap: 8px;
        padding: 8px 8px 4px 20px;
        flex: none;
      }
      h2 {
        flex: 1;
        font-size: 21px;
        font-weight: 700;
        outline: none;
      }
      .body {
        overflow: auto;
        overscroll-behavior: contain;
        padding: 8px 16px calc(16px + env(safe-area-inset-bottom));
      }
      .act {
        padding: 0;
        inline-size: 56px;
        min-block-size: 56px;
      }
    `,
  ];

  @property() heading = '';
  @property({ attribute: 'close-label' }) closeLabel = '';
  @query('dialog') private dialog!: HTMLDialogElement;

  protected override firstUpdated(): void {
    this.dialog.showModal();
  }

  protected override render(): TemplateResult {
    return html`<dialog
      aria-labelledby="heading"
      @cancel=${(event: Event) => {
        event.preventDefault();
        this.#close();
      }}
      @click=${(event: Event) => event.target === this.dialog && this.#close()}
    >
      <header>
        <h2 id="heading" tabindex="-1" autofocus>${this.heading}</h2>
        <button class="act plain" type="button" aria-label=${this.closeLabel} @click=${() => this.#close()}>${icon('close')}</button>
      </header>
      <div class="body"><slot></slot></div>
    </dialog>`;
  }

  #close(): void {
    this.dispatchEvent(new CustomEvent('sheet-close'));
  }
}
