// Owns the sheet by which a practised shelf goes into the real shop: seen first, said twice, taken back while nothing has begun.
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { goLive, readRehearsal, undoGoLive } from '../../../server/protocol/endpoints.ts';
import type { Show } from '../../../server/protocol/show.ts';
import type { PractisedPrice, Rehearsal } from '../../../server/protocol/training.ts';
import { Localize } from '../../i18n/index.ts';
import { trainingMessages } from '../../i18n/training.ts';
import type { Outcome } from '../../show/index.ts';
import { icon, tokens } from '../../ui/index.ts';
import { tell } from '../notice.ts';
import type { StaffRoom } from '../room/segments.ts';
import { studioStyles } from '../studio.styles.ts';
import { practiseStyles } from './practise.styles.ts';
import { goTo } from './practised.ts';

/**
 * Open while it is in the page. Fires `sheet-close` when the person wants it gone.
 * @tag fieldcast-studio-go-live
 * @prop {StaffRoom | null} room - The open rehearsal.
 * @prop {Show | null} show - The same as it is now.
 */
export class FieldcastStudioGoLive extends LitElement {
  static override styles = [tokens, studioStyles, practiseStyles];

  @property({ attribute: false }) room: StaffRoom | null = null;
  @property({ attribute: false }) show: Show | null = null;
  @state() private rehearsal: Rehearsal | null = null;
  @state() private step: 'look' | 'sure' = 'look';
  @state() private chosen: ReadonlySet<string> = new Set();
  /** Goods made while practising that are to stay there. */
  @state() private left: ReadonlySet<string> = new Set();
  @state() private fault = '';
  @state() private isBusy = false;
  readonly #words = new Localize(this, trainingMessages);

  protected override firstUpdated(_changed: PropertyValues): void {
    void this.#read();
  }

  protected override render(): TemplateResult {
    const words = this.#words.text;
    const { rehearsal } = this;
    const heading = rehearsal?.wentLive ? words.goLive.done : this.step === 'sure' ? words.goLive.sure : words.goLive.title;
    return html`<fieldcast-studio-sheet .heading=${heading} .closeLabel=${words.close} @sheet-close=${() => this.#close()}>
      <div class="sheet">
        ${this.fault ? html`<p class="fault" role="alert">${this.fault}</p>` : nothing}
        ${rehearsal ? this.#body(rehearsal) : this.fault ? html`<button class="act wide" type="button" @click=${() => void this.#read()}>${icon('retry')}${words.retry}</button>` : html`<p role="status">${words.loading}</p>`}
      </div>
    </fieldcast-studio-sheet>`;
  }

  #body(rehearsal: Rehearsal): TemplateResult {
    if (rehearsal.wentLive) return this.#went(rehearsal.wentLive);
    return this.step === 'sure' ? this.#sure() : this.#look(rehearsal);
  }

  #look({ shelf, made, staysHere, prices }: Rehearsal): TemplateResult {
    const { goLive: words } = this.#words.text;
    const count = (value: number): string => this.#words.number(value);
    return html`<div class="goods">
        <b>${shelf.length === 0 && made.length > 0 ? words.onlyMade : shelf.length === 0 ? words.nothing : words.what(count(shelf.length), count(shelf.filter(({ isPinned }) => isPinned).length))}</b>
        ${shelf.length > 0 ? html`<br /><small>${shelf.map(({ name }) => name).join(' · ')}</small>` : nothing}
        ${staysHere.length > 0 ? html`<br /><small>${words.stays(staysHere.join(' · '))}</small>` : nothing}
      </div>
      ${made.length > 0 ? html`<p>${words.made}</p>${made.map((each) => this.#made(each))}` : nothing}
      ${prices.length > 0 ? html`<p>${words.prices}</p>${prices.map((price) => this.#price(price))}` : nothing}
      <button class="act main wide" type="button" ?disabled=${shelf.length + this.#going(made).length === 0} @click=${() => (this.step = 'sure')}>${words.next}${icon('forward')}</button>`;
  }

  #made({ productId, name }: Rehearsal['made'][number]): TemplateResult {
    const leave = (event: Event): void => {
      const next = new Set(this.left);
      if ((event.target as HTMLInputElement).checked) next.delete(productId);
      else next.add(productId);
      this.left = next;
    };
    return html`<label><input type="checkbox" .checked=${!this.left.has(productId)} @change=${leave} /><span><strong>${name}</strong></span></label>`;
  }

  #going(made: Rehearsal['made']): string[] {
    return made.flatMap(({ productId }) => (this.left.has(productId) ? [] : [productId]));
  }

  #price({ variantId, name, label, nowMinor, practisedMinor }: PractisedPrice): TemplateResult {
    const { goLive: words } = this.#words.text;
    const money = (minor: number): string => this.#words.money(minor, this.show?.currency ?? 'CNY');
    const choose = (event: Event): void => {
      const next = new Set(this.chosen);
      if ((event.target as HTMLInputElement).checked) next.add(variantId);
      else next.delete(variantId);
      this.chosen = next;
    };
    return html`<label><input type="checkbox" .checked=${this.chosen.has(variantId)} @change=${choose} /><span>${name}${label ? ` · ${label}` : ''}<strong>${words.price(money(nowMinor), money(practisedMinor))}</strong></span></label>`;
  }

  #sure(): TemplateResult {
    const { goLive: words } = this.#words.text;
    return html`<p>${words.sureHint}</p>
      ${this.chosen.size > 0 ? html`<p class="fault">${words.sureWithPrices(this.#words.number(this.chosen.size))}</p>` : nothing}
      <div class="choices">
        <button class="act wide on" type="button" @click=${() => this.#close()}>${icon('back')}${words.no}</button>
        <button class="act main wide" type="button" ?disabled=${this.isBusy} @click=${() => void this.#go()}>${icon('check')}${words.yes}</button>
      </div>`;
  }

  #went({ show, canUndo }: NonNullable<Rehearsal['wentLive']>): TemplateResult {
    const { goLive: words } = this.#words.text;
    return html`<div class="goods"><b>${show.title}</b><br />${words.ready} ${canUndo ? words.readyHint : words.begun}</div>
      <button class="act main wide" type="button" @click=${() => goTo(this, { showId: show.id, isRehearsal: false })}>${icon('forward')}${words.open}</button>
      ${canUndo ? html`<button class="act wide" type="button" ?disabled=${this.isBusy} @click=${() => void this.#undo()}>${icon('undo')}${words.undo}</button>` : nothing}`;
  }

  async #read(): Promise<void> {
    const { room, show } = this;
    if (room && show) this.#take(await room.client.call(readRehearsal, { params: { showId: show.id } }));
  }

  async #go(): Promise<void> {
    const { room, show, rehearsal } = this;
    if (!room || !show || !rehearsal) return;
    const prices = rehearsal.prices.filter(({ variantId }) => this.chosen.has(variantId)).map(({ variantId, practisedMinor }) => ({ variantId, priceMinor: practisedMinor }));
    this.isBusy = true;
    const gone = await room.client.call(goLive, { params: { showId: show.id }, body: { title: show.title, prices, made: this.#going(rehearsal.made) }, timeoutMs: 15_000 });
    this.isBusy = false;
    this.#take(gone);
    if (gone.ok) return;
    // It may have been done all the same, or prices are others now: what is so is shown.
    this.step = 'look';
    const { fault } = this;
    await this.#read();
    this.fault = this.rehearsal?.wentLive ? '' : fault;
  }

  async #undo(): Promise<void> {
    const { room, show } = this;
    if (!room || !show) return;
    this.isBusy = true;
    const undone = await room.client.call(undoGoLive, { params: { showId: show.id }, body: {}, timeoutMs: 15_000 });
    this.isBusy = false;
    this.step = 'look';
    this.#take(undone);
    if (!undone.ok) return;
    tell(this, { text: this.#words.text.goLive.undone });
    this.#close();
  }

  #close(): void {
    this.dispatchEvent(new CustomEvent('sheet-close'));
  }

  #take(outcome: Outcome<Rehearsal>): void {
    if (outcome.ok) {
      this.rehearsal = outcome.value;
      this.fault = '';
      const known = new Set(outcome.value.prices.map(({ variantId }) => variantId));
      this.chosen = new Set([...this.chosen].filter((variantId) => known.has(variantId)));
    } else this.fault = this.#words.text.errors[outcome.error.code];
  }
}
