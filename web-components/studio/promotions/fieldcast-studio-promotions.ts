// Owns the staff's page of promotions: what is on and what came of it, tiles that start one, what is over.
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { endPromotion, readPromotionDesk } from '../../../server/protocol/endpoints.ts';
import type { PromotionKind } from '../../../server/protocol/promotion-shape.ts';
import type { Promotion, PromotionDesk } from '../../../server/protocol/promotions.ts';
import type { ShowSnapshot } from '../../../server/protocol/show.ts';
import { Localize } from '../../i18n/index.ts';
import { promotionDeskMessages } from '../../i18n/promotion-desk.ts';
import { type Failure, promotionsOf, promotionStateAt } from '../../show/index.ts';
import { clockOf, icon, tokens } from '../../ui/index.ts';
import { tell } from '../notice.ts';
import { studioStyles } from '../studio.styles.ts';
import { type Aid, aidPage, aids, aidSign } from './aids.ts';
import { starterKinds, starterOf } from './kinds.ts';
import { kindSign } from './signs.ts';
import type { OfferRoom, Started } from './starter-form.ts';

type Row = PromotionDesk['promotions'][number];

/** Figures are asked for again so long after something was sold, at most so often. */
const SETTLE_MS = 800;

export class FieldcastStudioPromotions extends LitElement {
  static override styles = [
    tokens,
    studioStyles,
    css`
      :host {
        padding: 12px 12px 96px;
      }
      h3 {
        margin: 18px 4px 8px;
        font-size: 18px;
      }
      h3:first-of-type {
        margin-block-start: 4px;
      }
      .tiles {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(150px, 1fr));
        gap: 10px;
      }
      .tiles .act {
        flex-direction: column;
        gap: 4px;
        min-block-size: 124px;
        padding: 12px 8px;
        font-size: 20px;
      }
      .tiles .icon {
        inline-size: 38px;
        block-size: 38px;
        color: var(--fc-accent);
      }
      .tiles small {
        color: var(--fc-muted);
        font-size: 15px;
        font-weight: 500;
        line-height: 1.25;
      }
      ul {
        display: grid;
        gap: 10px;
      }
      li {
        display: grid;
        grid-template-columns: auto 1fr auto;
        align-items: center;
        gap: 4px 12px;
        padding: 12px;
        border: 2px solid var(--fc-line);
        border-radius: 18px;
        background: var(--fc-surface);
      }
      li.running {
        border-color: var(--fc-accent);
      }
      li > .icon {
        grid-row: span 2;
        color: var(--fc-accent);
      }
      li.over > .icon {
        color: var(--fc-muted);
      }
      .what {
        min-inline-size: 0;
      }
      li > strong {
        grid-column: 2 / -1;
        font-size: 18px;
        line-height: 1.25;
      }
      .what span {
        display: block;
        color: var(--fc-muted);
        font-size: 16px;
      }
      .what .time {
        color: var(--fc-text);
        font-size: 18px;
        font-weight: 700;
      }
      .more {
        grid-column: 1 / -1;
      }
      li .act {
        min-block-size: 56px;
        padding-inline: 14px;
        font-size: 17px;
      }
      .calm {
        padding: 4px;
        color: var(--fc-muted);
        font-size: 17px;
      }
      .two {
        display: grid;
        gap: 10px;
        margin-block-start: 14px;
      }
      .question {
        font-size: 17px;
      }
    `,
  ];

  @property({ attribute: false }) room: OfferRoom | null = null;
  @property({ attribute: false }) snapshot: ShowSnapshot | null = null;
  @state() private rows: readonly Row[] | null = null;
  @state() private fault: Failure | null = null;
  @state() private starting: PromotionKind | null = null;
  @state() private ending: Promotion | null = null;
  @state() private aid: Aid | null = null;
  @state() private isBusy = false;
  readonly #words = new Localize(this, promotionDeskMessages);
  #followed: OfferRoom | null = null;
  #stops: (() => void)[] = [];
  #tick: ReturnType<typeof setInterval> | undefined;
  #settling: ReturnType<typeof setTimeout> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#tick = setInterval(() => this.requestUpdate(), 1000);
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#tick);
    clearTimeout(this.#settling);
    this.#follow(null);
  }

  protected override willUpdate(_changed: PropertyValues): void {
    if (this.isConnected) this.#follow(this.room);
  }

  protected override render(): TemplateResult | typeof nothing {
    const { room, snapshot } = this;
    if (!room || !snapshot) return nothing;
    const words = this.#words.text;
    const now = room.store.serverNow();
    const rows = (this.rows ?? []).map((row) => ({ row, state: row.promotion.state === 'planned' && now < row.promotion.startsAt ? ('planned' as const) : promotionStateAt(row.promotion, now) }));
    const on = rows.filter(({ state }) => state !== 'over');
    const over = rows.filter(({ state }) => state === 'over');
    const isEnded = snapshot.show.status === 'ended';
    const earlier = over.length === 0 ? nothing : html`<h3>${words.earlier}</h3>${this.#list(over, now)}`;
    return html`<h2 class="visually-hidden">${words.title}</h2>
      ${isEnded && on.length === 0 && over.length > 0 ? nothing : html`<h3>${words.on}</h3>`}
      ${this.fault && this.rows === null
        ? html`<div class="empty" role="alert"><p>${words.errors[this.fault.code]}</p><button class="act" type="button" @click=${() => void this.#load()}>${icon('retry')}${words.retry}</button></div>`
        : on.length === 0
          ? isEnded && over.length > 0
            ? nothing
            : html`<p class="calm" role="status">${this.rows === null ? words.loading : words.none}</p>`
          : this.#list(on, now)}
      ${isEnded ? earlier : this.#starters()}
      <h3>${words.aids.title}</h3>
      <div class="tiles">
        ${aids.map((aid) => html`<button class="act" type="button" aria-haspopup="dialog" data-aid=${aid} @click=${() => (this.aid = aid)}>${aidSign(aid)}${words.aids.names[aid]}<small>${words.aids.hints[aid]}</small></button>`)}
      </div>
      ${isEnded ? nothing : earlier} ${this.#sheet(room, snapshot)}`;
  }

  #starters(): TemplateResult {
    const words = this.#words.text;
    return html`<h3>${words.start}</h3>
      <div class="tiles">
        ${starterKinds.map(
          ({ kind }) => html`<button class="act" type="button" aria-haspopup="dialog" data-kind=${kind} @click=${() => (this.starting = kind)}>${kindSign(kind)}${words.kinds[kind]}<small>${words.hints[kind]}</small></button>`,
        )}
      </div>`;
  }

  #list(rows: readonly { row: Row; state: Promotion['state'] }[], now: number): TemplateResult {
    return html`<ul>
      ${repeat(
        rows,
        ({ row }) => row.promotion.id,
        ({ row, state: at }) => this.#row(row, at, now),
      )}
    </ul>`;
  }

  #row({ promotion, figures }: Row, at: Promotion['state'], now: number): TemplateResult {
    const words = this.#words.text;
    const number = (value: number): string => this.#words.number(value);
    const { startsAt, endsAt } = promotion;
    const starter = starterOf(promotion.kind);
    const facts = starter?.facts(promotion, this.#words, this.snapshot?.show.currency ?? 'CNY');
    const time =
      at === 'planned'
        ? words.planned(this.#words.dateTime(startsAt))
        : at === 'countdown'
          ? words.startsIn(clockOf(startsAt - now))
          : at === 'over'
            ? words.endedWhy[promotion.endedWhy ?? 'time']
            : endsAt === null
              ? words.untilEnded
              : words.endsIn(clockOf(endsAt - now));
    return html`<li class=${at} data-promotion=${promotion.id}>
      ${kindSign(promotion.kind)}
      <strong dir="auto">${this.#title(promotion)}</strong>
      <span class="what">
        <span class="time">${time}</span>
        ${facts ? html`<span>${facts}</span>` : nothing}
        ${figures.orders > 0 ? html`<span>${words.figures(number(figures.units), number(figures.orders))}${figures.takenOffMinor > 0 ? html` · ${words.takenOff(this.#money(figures.takenOffMinor))}` : nothing}</span>` : nothing}
      </span>
      ${at === 'over' ? nothing : html`<button class="act" type="button" ?disabled=${this.isBusy} @click=${() => this.#askEnd(promotion, at)}>${at === 'running' ? words.end : words.takeBack}</button>`}
      ${starter?.more && this.room ? html`<div class="more">${starter.more(promotion, this.room)}</div>` : nothing}
    </li>`;
  }

  /** What the host would call it: its own name, or the product it is about. */
  #title(promotion: Promotion): string {
    const words = this.#words.text;
    const product = 'productId' in promotion ? this.snapshot?.shelf.find(({ id }) => id === promotion.productId) : undefined;
    const name = promotion.title || product?.name || '';
    const price = promotion.kind === 'flash-sale' ? ` ${this.#money(promotion.priceMinor)}` : '';
    return name ? `${name}${price}` : words.kinds[promotion.kind];
  }

  #money(amountMinor: number): string {
    return this.#words.money(amountMinor, this.snapshot?.show.currency ?? 'CNY');
  }

  #sheet(room: OfferRoom, snapshot: ShowSnapshot): TemplateResult | typeof nothing {
    const words = this.#words.text;
    const { starting, ending, aid } = this;
    if (aid) {
      return html`<fieldcast-studio-sheet .heading=${words.aids.names[aid]} .closeLabel=${words.close} @sheet-close=${() => (this.aid = null)}>${aidPage(aid, room, snapshot)}</fieldcast-studio-sheet>`;
    }
    if (ending) {
      return html`<fieldcast-studio-sheet .heading=${words.endTitle(this.#title(ending))} .closeLabel=${words.close} @sheet-close=${() => (this.ending = null)}>
        <p class="question">${starterOf(ending.kind)?.endHint?.(this.#words) ?? words.endHint}</p>
        <div class="two">
          <button class="act wide on" type="button" @click=${() => (this.ending = null)}>${icon('play')}${words.endNo}</button>
          <button class="act red wide" type="button" ?disabled=${this.isBusy} @click=${() => void this.#end(ending)}>${icon('stop')}${words.endYes}</button>
        </div>
      </fieldcast-studio-sheet>`;
    }
    const kind = starting && starterOf(starting);
    if (!kind) return nothing;
    return html`<fieldcast-studio-sheet .heading=${words.kinds[kind.kind]} .closeLabel=${words.close} @sheet-close=${() => (this.starting = null)} @promotion-started=${this.#started}>
      ${kind.form(room, snapshot)}
    </fieldcast-studio-sheet>`;
  }

  #started(event: CustomEvent<Started>): void {
    const { promotion, text } = event.detail;
    this.starting = null;
    this.#put(promotion);
    void this.#load();
    tell(this, { text, undo: () => this.#end(promotion) });
  }

  /** Before it has begun nobody has bought: no question is needed. */
  #askEnd(promotion: Promotion, at: Promotion['state']): void {
    if (at === 'running') this.ending = promotion;
    else void this.#end(promotion);
  }

  async #end({ id }: Promotion): Promise<boolean> {
    const { room } = this;
    if (!room || this.isBusy) return false;
    this.isBusy = true;
    const outcome = await room.client.call(endPromotion, { params: { promotionId: id }, body: {} });
    this.isBusy = false;
    this.ending = null;
    const words = this.#words.text;
    if (outcome.ok) {
      this.#put(outcome.value);
      void this.#load();
      tell(this, { text: words.ended });
    } else tell(this, { text: words.errors[outcome.error.code], isFault: true });
    return outcome.ok;
  }

  #put(promotion: Promotion): void {
    if (this.room) promotionsOf(this.room).take(promotion);
    this.rows = (this.rows ?? []).map((row) => (row.promotion.id === promotion.id && row.promotion.revision <= promotion.revision ? { ...row, promotion } : row));
  }

  #follow(room: OfferRoom | null): void {
    if (room === this.#followed) return;
    for (const stop of this.#stops) stop();
    this.#stops = [];
    this.#followed = room;
    if (!room) return;
    let joins = room.store.joinCount;
    this.#stops = [
      room.client.on('promotion.changed', ({ showId, promotion }) => {
        if (showId !== room.showId) return;
        this.#put(promotion);
        clearTimeout(this.#settling);
        this.#settling = setTimeout(() => void this.#load(), SETTLE_MS);
      }),
      room.store.subscribe(() => {
        if (room.store.joinCount === joins) return;
        joins = room.store.joinCount;
        void this.#load();
      }),
    ];
    void this.#load();
  }

  async #load(): Promise<void> {
    const { room } = this;
    if (!room) return;
    const outcome = await room.client.call(readPromotionDesk, { params: { showId: room.showId } });
    if (room !== this.room) return;
    this.fault = outcome.ok ? null : outcome.error;
    if (outcome.ok) this.rows = outcome.value.promotions;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fieldcast-studio-promotions': FieldcastStudioPromotions;
  }
}
