// Owns the seller's pages of money: which one is open, the way back, and what was just done.
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { Currency } from '../../server/protocol/money-format.ts';
import { Localize } from '../i18n/index.ts';
import { moneyMessages } from '../i18n/money.ts';
import { buttonStyles, icon, rowStyles, tokens } from '../ui/index.ts';
import type { MoneyNotice } from './money-part.ts';
import type { MoneyRoom } from './money-room.ts';
import { moneyStyles } from './money.styles.ts';
import { OwnRoom } from './own-room.ts';

const NOTICE_MS = 10_000;
const pages = ['ways', 'couriers', 'refusals'] as const;
type Page = (typeof pages)[number];

/**
 * A seller's money: transfers that wait to be looked for, what came on a day, couriers and their cash, refusals at the door, and how the
 * seller is paid. Stands on the server's own origin, on a device that is signed in as host, operator or helper with the right `orders`.
 *
 * @tag fieldcast-money
 * @attr {string} seller - Seller id, where the page has no connection of its own to give.
 * @attr {string} currency - The seller's, beside `seller`.
 * @prop {MoneyRoom | null} room - A connection, and whose money it is.
 */
export class FieldcastMoney extends LitElement {
  static override styles = [tokens, buttonStyles, rowStyles, moneyStyles];

  @property() seller = '';
  @property() currency: Currency = 'CNY';
  @property({ attribute: false }) room: MoneyRoom | null = null;
  @state() private opened: Page | null = null;
  @state() private notice: MoneyNotice | null = null;
  readonly #words = new Localize(this, moneyMessages);
  readonly #own = new OwnRoom(() => this.requestUpdate());
  #hushing: ReturnType<typeof setTimeout> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#own.close();
    clearTimeout(this.#hushing);
  }

  protected override willUpdate(): void {
    if (this.isConnected && !this.room) this.#own.open(this.seller, this.currency);
  }

  protected override updated(changed: PropertyValues): void {
    if (!changed.has('opened' as keyof this) || changed.get('opened' as keyof this) === undefined) return;
    this.scrollIntoView({ block: 'start' });
    this.renderRoot.querySelector<HTMLElement>('h2')?.focus({ preventScroll: true });
  }

  protected override render(): TemplateResult {
    const room = this.room ?? this.#own.room;
    const words = this.#words.text;
    if (!room) {
      const { fault } = this.#own;
      return html`<p class="empty" role=${fault ? 'alert' : 'status'}>${fault ? words.errors[fault.code] : words.loading}</p>`;
    }
    return html`<div @money-notice=${(event: CustomEvent<MoneyNotice>) => this.#tell(event.detail)} @money-open=${(event: CustomEvent<Page>) => (this.opened = event.detail)}>
      ${this.opened === null
        ? html`<fieldcast-money-day .room=${room}></fieldcast-money-day>`
        : html`<div class="frame page">
            <header class="head">
              <button class="icon-button" type="button" aria-label=${words.back} @click=${() => (this.opened = null)}>${icon('back')}</button>
              <h2 tabindex="-1">${words.pages[this.opened]}</h2>
            </header>
            ${this.#page(room, this.opened)}
          </div>`}
      <div role="status" class="notice-place">
        ${this.notice
          ? html`<p class="notice ${this.notice.isFault ? 'fault' : ''}"><span>${this.notice.text}</span>${this.notice.undo ? html`<button class="button" type="button" @click=${() => void this.#undo()}>${icon('undo')}${words.undo}</button>` : nothing}</p>`
          : nothing}
      </div>
    </div>`;
  }

  #page(room: MoneyRoom, page: Page): TemplateResult {
    if (page === 'ways') return html`<fieldcast-money-ways .room=${room}></fieldcast-money-ways>`;
    if (page === 'couriers') return html`<fieldcast-money-couriers .room=${room}></fieldcast-money-couriers>`;
    return html`<fieldcast-money-refusals .room=${room}></fieldcast-money-refusals>`;
  }

  #tell(notice: MoneyNotice): void {
    clearTimeout(this.#hushing);
    this.notice = notice;
    this.#hushing = setTimeout(() => (this.notice = null), NOTICE_MS);
  }

  async #undo(): Promise<void> {
    const { notice } = this;
    this.notice = null;
    const worked = await notice?.undo?.();
    if (worked === false) this.#tell({ text: this.#words.text.errors['order.wrong-state'], isFault: true });
  }
}
