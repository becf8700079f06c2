// Owns the orders as their seller works them: what to do next in one big button, a call in one tap, everything can be taken back.
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { type Order, type OrderState, orderTransitions } from '../../server/protocol/order.ts';
import type { OrderMoments } from '../../server/protocol/replay.ts';
import { Localize } from '../i18n/index.ts';
import { studioMessages } from '../i18n/studio.ts';
import { icon, tokens } from '../ui/index.ts';
import { tell } from './notice.ts';
import type { OrderInbox } from './order-inbox.ts';
import { orderMomentSheet } from './order-moment.ts';
import { studioStyles } from './studio.styles.ts';

const shelves = {
  todo: ['awaiting-payment', 'placed', 'confirmed', 'packed'],
  sent: ['shipped'],
  over: ['delivered', 'refused', 'cancelled'],
} as const satisfies Record<string, readonly OrderState[]>;
type Pile = keyof typeof shelves;
const piles = Object.keys(shelves) as Pile[];

/** The one step that is usual from here; the others are behind "more". */
const usual: Partial<Record<OrderState, OrderState>> = { placed: 'confirmed', confirmed: 'packed', packed: 'shipped', shipped: 'delivered' };
const marks = { 'awaiting-payment': 'clock', placed: 'bell', confirmed: 'check', packed: 'basket', shipped: 'truck', delivered: 'check', refused: 'close', cancelled: 'close' } as const;

export class FieldcastStudioOrders extends LitElement {
  static override styles = [
    tokens,
    studioStyles,
    css`
      :host {
        padding: 10px 12px 96px;
      }
      .piles {
        display: grid;
        grid-template-columns: repeat(3, 1fr);
        gap: 8px;
        margin-block-end: 12px;
      }
      .piles .act {
        min-block-size: 56px;
        padding: 4px;
        font-size: 17px;
        gap: 6px;
      }
      @container (max-width: 300px) {
        .piles {
          gap: 5px;
        }
        .piles .act {
          padding: 2px;
          font-size: 15px;
        }
      }
      .count {
        min-inline-size: 24px;
        padding: 0 6px;
        border-radius: 999px;
        background: var(--fc-text);
        color: var(--fc-surface);
        font-size: 15px;
      }
      ul {
        display: grid;
        gap: 12px;
      }
      li.order {
        display: grid;
        gap: 8px;
        padding: 14px;
        border: 2px solid var(--fc-line);
        border-radius: 18px;
        background: var(--fc-surface);
        content-visibility: auto;
        contain-intrinsic-block-size: auto 260px;
      }
      li.order.placed {
        border-color: var(--fc-accent);
      }
      .top {
        display: flex;
        align-items: center;
        gap: 8px;
        font-size: 17px;
      }
      .top h3 {
        flex: 1;
        font-size: 20px;
        font-weight: 700;
      }
      .state {
        display: inline-flex;
        align-items: center;
        gap: 4px;
        padding: 4px 12px;
        border-radius: 999px;
        background: var(--fc-sunken);
        font-size: 15px;
        font-weight: 700;
      }
      .placed .state {
        background: var(--fc-accent-soft);
        color: var(--fc-accent);
      }
      .state .icon {
        inline-size: 18px;
        block-size: 18px;
      }
      .lines {
        gap: 2px;
        font-size: 18px;
      }
      .lines li {
        display: flex;
        gap: 8px;
      }
      .lines b {
        min-inline-size: 42px;
      }
      .sum {
        display: flex;
        justify-content: space-between;
        align-items: baseline;
        font-size: 20px;
      }
      .sum small,
      .who small {
        color: var(--fc-muted);
        font-size: 15px;
      }
      .who {
        font-size: 17px;
      }
      .who b {
        font-size: 18px;
      }
      .note {
        padding: 8px 12px;
        border-radius: 12px;
        background: var(--fc-warm);
        color: var(--fc-on-warm);
        font-size: 17px;
      }
      .do {
        display: flex;
        gap: 8px;
      }
      .do .main {
        flex: 1;
      }
      .do .act {
        padding: 4px 12px;
      }
      .more {
        display: grid;
        gap: 10px;
      }
      .more p,
      figcaption small {
        color: var(--fc-muted);
      }
      figure {
        margin: 0;
      }
      figure video {
        display: block;
        inline-size: 100%;
        max-block-size: 56dvh;
        border-radius: 14px;
        background: #000;
      }
      figcaption {
        padding-block: 8px;
        font-size: 17px;
      }
      .see {
        justify-content: flex-start;
        padding: 4px 8px;
        font-size: 17px;
      }
    `,
  ];

  @property({ attribute: false }) inbox: OrderInbox | null = null;
  /** The inbox is a living thing; its owner counts up when it has changed. */
  @property({ type: Number }) revision = 0;
  /** Without a slash at the end. */
  @property({ attribute: false }) serverUrl = '';
  @state() private pile: Pile = 'todo';
  @state() private open: Order | null = null;
  /** The order whose moment is open; `moments` comes after it. */
  @state() private seen: { order: Order; moments: OrderMoments | null } | null = null;
  @state() private busy: ReadonlySet<string> = new Set();
  readonly #words = new Localize(this, studioMessages);

  protected override render(): TemplateResult {
    const { orders: words } = this.#words.text;
    const orders = this.inbox?.orders ?? [];
    const inPile = (pile: Pile): readonly Order[] => orders.filter((order) => (shelves[pile] as readonly OrderState[]).includes(order.state));
    const shown = inPile(this.pile);
    return html`
      <h2 class="visually-hidden">${words.title}</h2>
      <div class="piles" role="group" aria-label=${words.title}>
        ${piles.map((pile) => {
          const count = inPile(pile).length;
          return html`<button class="act ${this.pile === pile ? 'on' : ''}" type="button" aria-pressed=${this.pile === pile ? 'true' : 'false'} @click=${() => (this.pile = pile)}>
            ${words[pile]}${count > 0 ? html`<span class="count">${count}</span>` : nothing}
          </button>`;
        })}
      </div>
      ${shown.length === 0
        ? html`<div class="empty">
            ${icon(this.pile === 'todo' ? 'bell' : 'truck')}
            <h3>${orders.length === 0 ? words.empty : words.emptyDone}</h3>
            ${orders.length === 0 ? html`<p>${words.emptyHint}</p>` : nothing}
          </div>`
        : html`<ul>
            ${repeat(
              shown,
              ({ id }) => id,
              (order) => this.#order(order),
            )}
          </ul>`}
      ${this.#sheet()} ${this.#moment()}
    `;
  }

  #order(order: Order): TemplateResult {
    const { orders: words, moment, orderStates, units } = this.#words.text;
    const next = usual[order.state];
    const isBusy = this.busy.has(order.id);
    const others = orderTransitions[order.state].some((to) => to === 'cancelled' || to === 'refused');
    return html`<li class="order ${order.state}">
      <div class="top">
        <h3>${words.number(order.number)}</h3>
        <time datetime=${new Date(order.placedAt).toISOString()}>${this.#time(order.placedAt)}</time>
        <span class="state">${icon(marks[order.state])}${orderStates[order.state]}</span>
      </div>
      <ul class="lines">
        ${order.lines.map((line) => html`<li><b>${words.times(line.quantity)}</b><span>${line.name}${line.label ? ` ${line.label}` : ''} (${units[line.unit]})</span></li>`)}
      </ul>
      <p class="sum"><small>${words.cod}</small><span class="price">${this.#words.money(order.totalMinor, order.currency)}</span></p>
      <p class="who"><b>${order.buyer.name}</b> <small>${order.buyer.phone}</small><br />${order.buyer.address}</p>
      ${order.note ? html`<p class="note">${order.note}</p>` : nothing}
      <button class="act plain see" type="button" aria-label="${moment.see}, ${words.number(order.number)}" @click=${() => void this.#see(order)}>${icon('play')}${moment.see}</button>
      <div class="do">
        ${this.#canCall(order)
          ? html`<a class="act" href="tel:${order.buyer.phone.replace(/[^\d+]/g, '')}" aria-label=${words.callOf(order.buyer.name)}>${icon('phone')}</a>`
          : nothing}
        ${next ? html`<button class="act main" type="button" ?disabled=${isBusy} @click=${() => this.#move(order, next)}>${icon('check')}${words.next[order.state]}</button>` : nothing}
        ${others ? html`<button class="act" type="button" aria-label=${words.more} ?disabled=${isBusy} @click=${() => (this.open = order)}>${icon('close')}</button>` : nothing}
      </div>
    </li>`;
  }

  /** A helper sees a masked number, which nobody can call. */
  #canCall(order: Order): boolean {
    return !order.buyer.phone.includes('*');
  }

  #sheet(): TemplateResult | typeof nothing {
    const order = this.open;
    if (!order) return nothing;
    const { orders: words, common } = this.#words.text;
    const next = orderTransitions[order.state];
    const close = (): void => void (this.open = null);
    const isCancel = next.includes('cancelled');
    return html`<fieldcast-studio-sheet .heading=${isCancel ? words.cancelTitle : words.number(order.number)} .closeLabel=${common.close} @sheet-close=${close}>
      <div class="more">
        <p>${isCancel ? `${words.number(order.number)} · ${order.buyer.name}. ${words.cancelHint}` : order.buyer.name}</p>
        <button class="act main wide" type="button" @click=${close}>${words.keep}</button>
        ${isCancel ? html`<button class="act red wide" type="button" @click=${() => this.#move(order, 'cancelled')}>${icon('close')}${words.cancel}</button>` : nothing}
        ${next.includes('refused') ? html`<button class="act red wide" type="button" @click=${() => this.#move(order, 'refused')}>${icon('close')}${words.refused}</button>` : nothing}
      </div>
    </fieldcast-studio-sheet>`;
  }

  #moment(): TemplateResult | typeof nothing {
    if (!this.seen) return nothing;
    return orderMomentSheet({ words: this.#words.text, moments: this.seen.moments, serverUrl: this.serverUrl, onClose: () => (this.seen = null) });
  }

  async #see(order: Order): Promise<void> {
    this.seen = { order, moments: null };
    const outcome = await this.inbox?.moments(order);
    if (this.seen?.order.id !== order.id || !outcome) return;
    if (outcome.ok) {
      this.seen = { order, moments: outcome.value };
      return;
    }
    this.seen = null;
    tell(this, { text: this.#words.text.errors[outcome.error.code], isFault: true });
  }

  async #move(order: Order, to: OrderState): Promise<void> {
    const { inbox } = this;
    this.open = null;
    if (!inbox || this.busy.has(order.id)) return;
    this.busy = new Set([...this.busy, order.id]);
    const outcome = await inbox.move(order, to);
    this.busy = new Set([...this.busy].filter((id) => id !== order.id));
    const words = this.#words.text;
    if (outcome.ok) {
      tell(this, { text: words.orders.moved(order.number, words.orderStates[to]), undo: async () => (await inbox.undo(outcome.value)).ok });
    } else tell(this, { text: words.errors[outcome.error.code], isFault: true });
  }

  #time(atMs: number): string {
    return new Intl.DateTimeFormat(this.#words.locale, { hour: '2-digit', minute: '2-digit' }).format(atMs);
  }
}
