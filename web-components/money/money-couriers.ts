// Owns the page of couriers: what each should still hand over, what the sum is made of, and noting cash that comes in.
import { html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Courier, CourierAccount } from '../../server/protocol/cash.ts';
import { changeCourier, createCourier, listCouriers, readCourier, takeBackCourierCash, takeCourierCash } from '../../server/protocol/endpoints.ts';
import { newId } from '../../server/protocol/new-id.ts';
import type { Outcome } from '../show/index.ts';
import { icon } from '../ui/index.ts';
import { readAmount, shownAmount } from './amount-field.ts';
import { MoneyPart } from './money-part.ts';
import type { MoneyRoom } from './money-room.ts';

export class FieldcastMoneyCouriers extends MoneyPart {
  @state() private couriers: readonly Courier[] = [];
  /** The one whose account is open. */
  @state() private account: CourierAccount | null = null;
  @state() private isAdding = false;

  protected override async read({ client, sellerId }: MoneyRoom): Promise<Outcome<unknown>> {
    const outcome = await client.call(listCouriers, { params: { sellerId } });
    if (outcome.ok) this.couriers = outcome.value.couriers;
    return outcome;
  }

  protected override page(): TemplateResult {
    const { couriers: words } = this.words;
    return html`<div class="stack">
      ${this.couriers.length === 0 ? html`<div class="empty">${icon('truck')}<h3>${words.empty}</h3><p>${words.emptyHint}</p></div>` : nothing}
      ${repeat(
        this.couriers,
        ({ id }) => id,
        (courier) => this.#card(courier),
      )}
      ${this.isAdding ? this.#form() : html`<button class="button primary big" type="button" @click=${() => (this.isAdding = true)}>${icon('plus')}${words.add}</button>`}
    </div>`;
  }

  #card(courier: Courier): TemplateResult {
    const { couriers: words } = this.words;
    const account = this.account?.courier.id === courier.id ? this.account : null;
    const { owedMinor, onTheRoad } = courier;
    return html`<section class="card" aria-label=${courier.name}>
      <div class="row">
        <h3 class="name">${courier.name}</h3>
        ${courier.phone ? html`<a class="icon-button" href="tel:${courier.phone.replace(/[^\d+]/g, '')}" aria-label="${words.phone}: ${courier.name}">${icon('phone')}</a>` : nothing}
        <button class="icon-button" type="button" aria-expanded=${account ? 'true' : 'false'} aria-label="${words.difference}: ${courier.name}" @click=${() => void this.#toggle(courier)}>${icon(account ? 'minus' : 'plus')}</button>
      </div>
      <p>
        ${owedMinor === 0 ? html`<b class="good">${words.even}</b>` : html`<span class="soft">${owedMinor > 0 ? words.owed : words.tooMuch}</span><br /><b class="amount small price">${this.money(Math.abs(owedMinor))}</b>`}
      </p>
      ${onTheRoad.count > 0 ? html`<p class="soft">${words.road(onTheRoad.count, this.money(onTheRoad.amountMinor))}</p>` : nothing} ${account ? this.#account(account) : nothing}
    </section>`;
  }

  #account({ courier, deliveries, cash }: CourierAccount): TemplateResult {
    const { couriers: words } = this.words;
    return html`<dl class="sums">
        <div><dt>${words.took}</dt><dd>${this.money(courier.collectedMinor)}</dd></div>
        <div><dt>${words.handed}</dt><dd>${this.money(courier.handedOverMinor)}</dd></div>
        <div><dt>${words.difference}</dt><dd class=${courier.owedMinor === 0 ? 'good' : 'price'}>${this.money(courier.owedMinor)}</dd></div>
      </dl>
      <form class="field" @submit=${(event: SubmitEvent) => void this.#hand(event, courier)}>
        <label for="cash">${words.hand}</label>
        <div class="row">
          <input id="cash" name="cash" inputmode="decimal" autocomplete="off" placeholder=${words.amount} .value=${courier.owedMinor > 0 ? shownAmount(courier.owedMinor, this.room!.currency) : ''} />
          <button class="button primary big" type="submit" ?disabled=${this.isBusy}>${words.save}</button>
        </div>
      </form>
      ${cash.length === 0
        ? nothing
        : html`<h4>${words.handed}</h4>
            <ul class="lines">
              ${cash.map(
                (each) => html`<li>
                  <span class="grow"><span class="soft">${each.isTakenBack ? words.takenBack : each.byName}</span><time datetime=${new Date(each.at).toISOString()}>${this.localize.dateTime(each.at)}</time></span>
                  <span class="sum ${each.isTakenBack ? 'gone' : ''}">${this.money(each.amountMinor)}</span>
                  ${each.isTakenBack ? nothing : html`<button class="button quiet" type="button" aria-label="${words.takeBack}: ${this.money(each.amountMinor)}" @click=${() => void this.#takeBack(courier, each.id)}>${words.takeBack}</button>`}
                </li>`,
              )}
            </ul>`}
      ${deliveries.length === 0
        ? nothing
        : html`<h4>${words.collected}</h4>
            <ul class="lines">
              ${deliveries.map(
                (each) => html`<li>
                  <span class="grow"
                    ><span>${this.words.number(each.number)}</span><time datetime=${new Date(each.at).toISOString()}>${this.localize.dateTime(each.at)}</time>${each.collectedMinor < each.dueMinor
                      ? html`<span><b class="mark warm">${words.less(this.money(each.dueMinor - each.collectedMinor))}</b></span>`
                      : nothing}</span
                  >
                  <span class="sum">${this.money(each.collectedMinor)}</span>
                </li>`,
              )}
            </ul>`}
      ${courier.isArchived ? nothing : html`<button class="button quiet" type="button" ?disabled=${this.isBusy} @click=${() => void this.#archive(courier)}>${words.archive}</button>`}`;
  }

  #form(): TemplateResult {
    const { couriers: words, back } = this.words;
    return html`<form class="card" @submit=${(event: SubmitEvent) => void this.#add(event)}>
      <div class="field"><label for="name">${words.name}</label><input id="name" name="name" required maxlength="60" autocomplete="off" /></div>
      <div class="field"><label for="phone">${words.phone}</label><input id="phone" name="phone" type="tel" maxlength="24" autocomplete="off" /></div>
      <div class="do">
        <button class="button primary" type="submit" ?disabled=${this.isBusy}>${icon('check')}${words.add}</button>
        <button class="button" type="button" @click=${() => (this.isAdding = false)}>${back}</button>
      </div>
    </form>`;
  }

  async #toggle({ id }: Courier): Promise<void> {
    if (this.account?.courier.id === id) {
      this.account = null;
      return;
    }
    const outcome = await this.room?.client.call(readCourier, { params: { courierId: id } });
    if (outcome?.ok) this.account = outcome.value;
    else if (outcome) this.tell({ text: this.words.errors[outcome.error.code], isFault: true });
  }

  async #add(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const form = new FormData(event.target as HTMLFormElement);
    const body = { name: String(form.get('name')).trim(), phone: String(form.get('phone') ?? '').trim() };
    if (body.name === '') return;
    const added = await this.act(({ client, sellerId }) => client.call(createCourier, { params: { sellerId }, body, idempotencyKey: newId('key') }), ({ name }) => this.words.couriers.added(name));
    if (!added) return;
    this.isAdding = false;
    await this.load();
  }

  async #hand(event: SubmitEvent, { id }: Courier): Promise<void> {
    event.preventDefault();
    const input = (event.target as HTMLFormElement).elements.namedItem('cash') as HTMLInputElement;
    const amountMinor = readAmount(input.value, this.room!.currency);
    if (amountMinor === null || amountMinor === 0) {
      input.focus();
      return;
    }
    const back = ({ cash }: CourierAccount) => async (): Promise<boolean> => (cash[0] ? this.#takeBack({ id }, cash[0].id) : false);
    const account = await this.act(
      ({ client }) => client.call(takeCourierCash, { params: { courierId: id }, body: { amountMinor }, idempotencyKey: newId('key') }),
      () => this.words.couriers.noted(this.money(amountMinor)),
      back,
    );
    if (account) await this.#took(account);
  }

  async #takeBack({ id }: Pick<Courier, 'id'>, cashId: string): Promise<boolean> {
    const outcome = await this.room?.client.call(takeBackCourierCash, { params: { courierId: id, cashId }, body: {} });
    if (outcome?.ok) await this.#took(outcome.value);
    return outcome?.ok ?? false;
  }

  async #took(account: CourierAccount): Promise<void> {
    this.account = account;
    await this.load();
  }

  async #archive({ id }: Courier): Promise<void> {
    const put = (isArchived: boolean) => this.room!.client.call(changeCourier, { params: { courierId: id }, body: { isArchived } });
    const undo = () => async (): Promise<boolean> => {
      const { ok } = await put(false);
      await this.load();
      return ok;
    };
    if (await this.act(() => put(true), ({ name }) => this.words.couriers.archived(name), undo)) await this.load();
  }
}
