// Owns waiting for what is sold out, at the foot of its page: joining the list, the own place, leaving it, being told.
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { Variant } from '../../server/protocol/shop.ts';
import { WAIT_QUANTITY_LIMIT } from '../../server/protocol/waitlist.ts';
import { errorMessages } from '../i18n/errors.ts';
import { Localize } from '../i18n/index.ts';
import { productMessages } from '../i18n/product.ts';
import { type Visit, type WaitLog, waitsOf } from '../show/index.ts';
import { buttonStyles, fieldStyles, icon, stepper, tokens } from '../ui/index.ts';

/** Private to `<fieldcast-shelf>`, which loads it with the first product that is opened. Fires nothing; the place is the server's. */
export class FieldcastWait extends LitElement {
  static override styles = [
    tokens,
    buttonStyles,
    fieldStyles,
    css`
      :host {
        display: flex;
        flex: 1;
        flex-wrap: wrap;
        align-items: center;
        justify-content: flex-end;
        gap: 8px 12px;
      }
      p {
        flex: 1 1 160px;
        margin: 0;
        font-size: 15px;
        line-height: 1.3;
      }
      strong {
        display: block;
        font-size: 16px;
      }
      .fault {
        flex-basis: 100%;
        color: var(--fc-danger);
      }
      .button.primary {
        flex: 1;
      }
    `,
  ];

  @property({ attribute: false }) visit!: Visit;
  @property({ attribute: false }) variant!: Variant;
  @state() private quantity = 1;
  readonly #localize = new Localize(this, productMessages);
  readonly #errors = new Localize(this, errorMessages);
  #log: WaitLog | null = null;
  #stops: (() => void)[] = [];

  override connectedCallback(): void {
    super.connectedCallback();
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#follow(null);
  }

  protected override willUpdate(): void {
    if (this.isConnected) this.#follow(waitsOf(this.visit));
  }

  protected override render(): TemplateResult | typeof nothing {
    const log = this.#log;
    if (!log) return nothing;
    const { wait: text, less, plus, pieces } = this.#localize.text;
    const own = log.of(this.variant.id);
    const fault = log.fault?.variantId === this.variant.id ? log.fault.error : null;
    const said = fault ? html`<p class="fault" role="alert">${this.#errors.text[fault.code]}</p>` : nothing;
    if (own?.state === 'waiting') {
      return html`${said}
        <p role="status"><strong>${text.place(this.#localize.number(own.place))}</strong>${text.told}</p>
        <button class="button" type="button" ?disabled=${log.isBusy} @click=${() => void log.leave(own)}>${text.leave}</button>`;
    }
    return html`${said} ${own ? html`<p role="status">${own.state === 'closed' ? text.closed : text.lapsed}</p>` : nothing}
      ${stepper({ value: this.quantity, min: 1, max: WAIT_QUANTITY_LIMIT, label: pieces, less, plus, onChange: (next) => (this.quantity = next) })}
      <button class="button primary" type="button" part="wait-button" ?disabled=${log.isBusy} @click=${() => void log.join(this.variant.id, this.quantity)}>${icon('bell')}${text.join}</button>`;
  }

  #follow(log: WaitLog | null): void {
    if (log === this.#log) return;
    for (const stop of this.#stops) stop();
    this.#log = log;
    this.#stops = log ? [log.use(), log.subscribe(() => this.requestUpdate())] : [];
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fieldcast-wait': FieldcastWait;
  }
}
