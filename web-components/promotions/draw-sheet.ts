// Owns what a draw's card opens: where the prize goes for whoever won, the winners, and the check for everybody.
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { safeParse } from 'valibot';
import type { Draw } from '../../server/protocol/draw.ts';
import { type Buyer, buyer } from '../../server/protocol/order.ts';
import { Localize } from '../i18n/index.ts';
import { promotionMessages, type PromotionMessages } from '../i18n/promotions.ts';
import type { Failure, Visit } from '../show/index.ts';
import { buttonStyles, fieldStyles, icon, tokens } from '../ui/index.ts';
import { canCheck, checkDraw, type DrawCheck } from './draw-check.ts';
import { ownDrawsOf } from './own-draws.ts';

type Field = keyof Buyer;
const FIELDS = [
  { name: 'name', type: 'text', autocomplete: 'name' },
  { name: 'phone', type: 'tel', autocomplete: 'tel' },
  { name: 'address', type: 'text', autocomplete: 'street-address' },
] as const satisfies readonly { name: Field; type: string; autocomplete: AutoFill }[];

export class FieldcastDrawSheet extends LitElement {
  static override styles = [
    tokens,
    buttonStyles,
    fieldStyles,
    css`
      :host {
        display: grid;
        gap: 18px;
      }
      section,
      form {
        display: grid;
        gap: 10px;
      }
      h3 {
        font-size: 18px;
      }
      .soft {
        color: var(--fc-muted);
        font-size: 15px;
        line-height: 1.45;
      }
      .won {
        padding: 14px;
        border-radius: var(--fc-radius);
        background: var(--fc-warm);
        color: var(--fc-on-warm);
      }
      .won .soft {
        color: inherit;
      }
      .won h3 {
        font-size: 20px;
      }
      .won .field input {
        color: var(--fc-text);
      }
      ul {
        display: flex;
        flex-wrap: wrap;
        gap: 6px;
      }
      li.entry,
      code {
        padding: 4px 10px;
        border-radius: 8px;
        background: var(--fc-sunken);
        font-family: ui-monospace, monospace;
        font-size: 15px;
        overflow-wrap: anywhere;
      }
      li.own {
        background: var(--fc-accent-soft);
        color: var(--fc-accent);
        font-weight: 700;
      }
      .steps {
        display: grid;
        gap: 8px;
      }
      .steps li {
        display: flex;
        gap: 8px;
        align-items: flex-start;
        line-height: 1.4;
      }
      .steps .icon {
        flex: none;
        inline-size: 22px;
        block-size: 22px;
        color: var(--fc-accent);
      }
      .steps .wrong,
      .steps .wrong .icon {
        color: var(--fc-danger);
      }
      details {
        font-size: 15px;
      }
      summary {
        min-block-size: 44px;
        align-content: center;
        cursor: pointer;
      }
      dl {
        display: grid;
        gap: 4px;
        margin: 0;
      }
      dt {
        color: var(--fc-muted);
      }
      dd {
        margin: 0 0 8px;
      }
      a {
        display: inline-grid;
        align-content: center;
        min-block-size: 44px;
        color: var(--fc-accent);
      }
    `,
  ];

  @property({ attribute: false }) visit: Visit | null = null;
  @property({ attribute: false }) draw: Draw | null = null;
  @state() private delivery: Buyer | null = null;
  @state() private faults: ReadonlySet<Field> = new Set();
  @state() private isEditing = false;
  @state() private isBusy = false;
  @state() private fault: Failure | null = null;
  @state() private check: DrawCheck | null = null;
  @state() private checkFault: Failure | null = null;
  readonly #localize = new Localize(this, promotionMessages);
  #stop: (() => void) | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop?.();
    this.#stop = null;
  }

  protected override willUpdate(): void {
    if (this.isConnected && this.visit) this.#stop ??= ownDrawsOf(this.visit).subscribe(() => this.requestUpdate());
  }

  protected override render(): TemplateResult | typeof nothing {
    const { visit, draw } = this;
    if (!visit || !draw) return nothing;
    const own = ownDrawsOf(visit);
    const place = own.placeIn(draw);
    const entry = own.of(draw.id)?.entry ?? null;
    const text = this.#text.draw;
    return html`${place === null ? nothing : this.#prize(visit, draw, place)}
      ${draw.drawnAt === null
        ? nothing
        : html`<section aria-label=${text.winners(draw.winners.length)}>
            <h3>${text.winners(draw.winners.length)}</h3>
            <p class="soft">${entry === null ? text.numbersHint : place === null ? text.notWon(entry) : text.yourNumber(entry)}</p>
            <ul>
              ${draw.winners.map((winner) => html`<li class="entry ${winner === entry ? 'own' : ''}">${winner}</li>`)}
            </ul>
          </section>`}
      ${draw.drawnAt === null ? this.#promise(draw) : this.#checking(visit, draw, entry)}`;
  }

  get #text(): PromotionMessages {
    return this.#localize.text;
  }

  #prize(visit: Visit, draw: Draw, place: number): TemplateResult {
    const text = this.#text.draw;
    const { prizeTo: left = null, sentAt = null } = ownDrawsOf(visit).of(draw.id) ?? {};
    if (left && !this.isEditing) {
      return html`<section class="won" role="status">
        <h3>${sentAt === null ? text.prizeComes(draw.title) : text.prizeSent(draw.title)}</h3>
        <p>${left.name} · ${left.phone}<br /><span dir="auto">${left.address}</span></p>
        ${sentAt === null ? html`<button class="button" type="button" @click=${() => this.#edit(left)}>${icon('edit')}${text.change}</button>` : nothing}
      </section>`;
    }
    const values = this.delivery ?? left ?? visit.buyer.read() ?? { name: '', phone: '', address: '' };
    return html`<form class="won" novalidate @submit=${(event: Event) => void this.#claim(event, visit, draw, values)}>
      <h3>${text.youWon(draw.title)}</h3>
      <p class="soft">${draw.prizes > 1 ? text.place(place + 1) : nothing} ${text.whereTo}</p>
      ${FIELDS.map(
        ({ name, type, autocomplete }) => html`<div class="field">
          <label for=${name}>${text.fields[name]}</label>
          <input
            id=${name}
            type=${type}
            autocomplete=${autocomplete}
            maxlength=${name === 'address' ? 300 : 60}
            aria-invalid=${this.faults.has(name) ? 'true' : 'false'}
            aria-describedby=${this.faults.has(name) ? `${name}-fault` : nothing}
            .value=${values[name]}
            @input=${(event: Event) => (this.delivery = { ...values, [name]: (event.target as HTMLInputElement).value })}
          />
          ${this.faults.has(name) ? html`<span class="fault" id="${name}-fault" role="alert">${text.fieldFaults[name]}</span>` : nothing}
        </div>`,
      )}
      ${this.fault ? html`<p role="alert">${this.fault.code === 'promotion.limit-reached' ? text.phoneHasPrize : this.#text.errors[this.fault.code]}</p>` : nothing}
      <button class="button primary wide" type="submit" ?disabled=${this.isBusy}>${text.send}</button>
      <p class="soft">${text.onlySeller}</p>
    </form>`;
  }

  /** What can be told before it is drawn. */
  #promise({ commitment }: Draw): TemplateResult {
    const text = this.#text.draw;
    return html`<section>
      <h3>${text.fair}</h3>
      <p class="soft">${text.fairHint}</p>
      <code>${commitment}</code>
    </section>`;
  }

  #checking(visit: Visit, draw: Draw, entry: string | null): TemplateResult {
    const text = this.#text.draw;
    const { check } = this;
    const step = (isRight: boolean, right: string, wrong: string) => html`<li class=${isRight ? '' : 'wrong'}>${icon(isRight ? 'check' : 'alert')}<span>${isRight ? right : wrong}</span></li>`;
    return html`<section>
      <h3>${text.fair}</h3>
      ${check
        ? html`<div role="status"><ul class="steps">
            ${step(check.isSeedKept, check.wasHeard ? text.seedHeard : text.seedKept, text.seedChanged)}
            ${check.isInList === null ? nothing : step(check.isInList, text.inList(this.#localize.number(check.entries)), text.notInList)}
            ${step(check.areWinnersRight, text.winnersRight, text.winnersWrong)}
          </ul></div>`
        : html`<p class="soft">${canCheck() ? text.checkHint : text.checkElsewhere}</p>
            ${canCheck() ? html`<button class="button wide" type="button" ?disabled=${this.isBusy} @click=${() => void this.#check(visit, draw, entry)}>${icon('retry')}${text.check}</button>` : nothing}`}
      ${this.checkFault ? html`<p role="alert">${this.#text.errors[this.checkFault.code]}</p>` : nothing}
      <details>
        <summary>${text.numbers}</summary>
        <dl>
          <dt>${text.commitment}</dt>
          <dd><code>${draw.commitment}</code></dd>
          <dt>${text.seed}</dt>
          <dd><code>${draw.seed}</code></dd>
        </dl>
        <a href="${visit.serverUrl}/api/v1/draws/${draw.id}" target="_blank" rel="noopener">${text.list(this.#localize.number(draw.entries))}</a>
      </details>
    </section>`;
  }

  #edit(left: Buyer): void {
    this.delivery = left;
    this.isEditing = true;
  }

  async #claim(event: Event, visit: Visit, draw: Draw, values: Buyer): Promise<void> {
    event.preventDefault();
    const parsed = safeParse(buyer, values);
    this.faults = parsed.success ? new Set() : new Set(parsed.issues.map(({ path }) => path?.[0]?.key as Field));
    if (!parsed.success || this.isBusy) {
      await this.updateComplete;
      this.renderRoot.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
      return;
    }
    this.isBusy = true;
    this.fault = await ownDrawsOf(visit).claim(draw, parsed.output);
    this.isBusy = false;
    if (!this.fault) this.isEditing = false;
  }

  async #check(visit: Visit, draw: Draw, entry: string | null): Promise<void> {
    this.isBusy = true;
    const outcome = await checkDraw(visit.client.call, draw, { promised: ownDrawsOf(visit).promisedIn(draw.id), entry });
    this.isBusy = false;
    this.check = 'code' in outcome ? null : outcome;
    this.checkFault = 'code' in outcome ? outcome : null;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fieldcast-draw-sheet': FieldcastDrawSheet;
  }
}
