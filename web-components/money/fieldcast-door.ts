// Owns the next step of one order on its way to money: a call, a courier, cash or refusal at the door, a transfer to look for.
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { type CallOutcome, callOutcomes, type Courier, type DoorNotes, type RefusalReason, refusalReasons } from '../../server/protocol/cash.ts';
import { confirmPayment, createCourier, handOver, listCouriers, moveOrder, noteCall, noteDelivered, noteRefused, readDoorNotes, refuseClaim } from '../../server/protocol/endpoints.ts';
import { newId } from '../../server/protocol/new-id.ts';
import type { Order } from '../../server/protocol/order.ts';
import { type Outcome, success } from '../show/index.ts';
import { icon } from '../ui/index.ts';
import { readAmount, shownAmount } from './amount-field.ts';
import { type Asking, claimCard } from './claims.ts';
import { MoneyPart } from './money-part.ts';
import type { MoneyRoom } from './money-room.ts';

/**
 * What the seller does next with an order, as far as money and the door go. Draws nothing for orders that are over.
 *
 * @tag fieldcast-door
 * @prop {MoneyRoom | null} room - A connection, and whose order it is.
 * @prop {Order | null} order - The order as it is now.
 * @attr {boolean} folded - One button first, for lists; what it leads to is loaded when it is tapped.
 * @fires {CustomEvent<Order>} door-done - A step was done; the order as it is then.
 */
export class FieldcastDoor extends MoneyPart {
  @property({ attribute: false }) order: Order | null = null;
  @property({ type: Boolean }) folded = false;
  @state() private isOpen = false;
  @state() private notes: DoorNotes | null = null;
  @state() private couriers: readonly Courier[] = [];
  @state() private step: 'choose' | 'refused' | 'amount' | 'courier' = 'choose';
  @state() private asking: Asking = null;

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const before = changed.get('order') as Order | null | undefined;
    if (!changed.has('order') || !before || !this.order) return;
    if (before.id === this.order.id && before.changedAt === this.order.changedAt) return;
    this.step = 'choose';
    this.isOpen = false;
    void this.load();
  }

  protected override async read({ client, sellerId }: MoneyRoom): Promise<Outcome<unknown>> {
    const { order } = this;
    if (!order || this.#isFolded(order)) return success(null);
    const [notes, listed] = await Promise.all([
      client.call(readDoorNotes, { params: { orderId: order.id } }),
      order.state === 'packed' || order.state === 'shipped' ? client.call(listCouriers, { params: { sellerId } }) : null,
    ]);
    if (notes.ok && order.id === this.order?.id) this.notes = notes.value;
    if (listed?.ok) this.couriers = listed.value.couriers.filter(({ isArchived }) => !isArchived);
    return notes;
  }

  protected override page(): TemplateResult {
    const { order } = this;
    if (!order) return html``;
    if (this.#isFolded(order)) {
      const label = this.#opener(order);
      return label === null
        ? html``
        : html`<button class="button big" type="button" aria-expanded="false" aria-label="${label}, ${this.words.number(order.number)}" @click=${() => this.#open()}>${icon('forward')}${label}</button>`;
    }
    return html`<div class="stack">${this.#known(order)} ${this.#next(order)}</div>`;
  }

  /** A claim is never folded: somebody waits. */
  #isFolded(order: Order): boolean {
    return this.folded && !this.isOpen && order.money.state !== 'claimed';
  }

  #opener({ state, payment, money }: Order): string | null {
    const { open } = this.words.door;
    if (state === 'packed') return open.packed;
    if (payment !== 'cod') return null;
    if (state === 'placed' || state === 'confirmed') return open.call;
    if (state === 'shipped') return open.door;
    return state === 'delivered' && money.state === 'due' ? open.cash : null;
  }

  #open(): void {
    this.isOpen = true;
    void this.load();
  }

  #known(order: Order): TemplateResult {
    const { door } = this.words;
    const { calls = [], before, courier, refusal } = this.notes ?? {};
    const last = calls.at(-1);
    const isAtWork = ['placed', 'confirmed', 'packed', 'shipped'].includes(order.state);
    return html`${before && before.refused > 0 && order.payment === 'cod' && isAtWork ? html`<p class="warning">${door.risk(before.refused, before.delivered)}</p>` : nothing}
    ${last ? html`<p class="soft">${door.calls(calls.length)}${this.words.between}${door.outcomes[last.outcome]} ${this.clock(last.at)}</p>` : nothing}
    ${courier ? html`<p class="soft">${door.withCourier(courier.name)}</p>` : nothing} ${refusal ? html`<p class="soft">${door.refused}${this.words.between}${door.reasons[refusal.reason]}</p>` : nothing}`;
  }

  #next(order: Order): TemplateResult | typeof nothing {
    const { door } = this.words;
    const openMinor = order.money.dueMinor - order.money.paidMinor;
    if (order.money.state === 'claimed') return this.#claim(order);
    switch (order.state) {
      case 'awaiting-payment':
        return html`<p class="soft">${door.wait}</p>`;
      case 'placed':
      case 'confirmed':
        return this.#call(order);
      case 'packed':
        return this.step === 'courier' ? this.#newCourier(order) : this.#choose(order);
      case 'shipped':
        return this.#atDoor(order, openMinor);
      case 'delivered':
        if (order.payment !== 'cod' || order.money.state !== 'due') return nothing;
        return html`<p class="warning">${door.openCash(this.money(openMinor))}</p>${this.#amount(order, openMinor, door.noteCash)}`;
      default:
        return nothing;
    }
  }

  #claim(order: Order): TemplateResult {
    const { day } = this.words;
    return claimCard({
      words: this.words,
      claim: { orderId: order.id, number: order.number, reference: order.money.reference ?? '', buyerName: order.buyer.name, isUnique: true },
      amount: this.money(order.money.dueMinor),
      waitedMinutes: null,
      asking: this.asking,
      isBusy: this.isBusy,
      onAsk: (asking) => (this.asking = asking),
      onAnswer: (answer) =>
        void this.#do(order, answer === 'here' ? day.confirmed(order.number) : day.refused(order.number), ({ client }) =>
          client.call(answer === 'here' ? confirmPayment : refuseClaim, { params: { orderId: order.id }, body: {}, idempotencyKey: newId('key') }),
        ),
    });
  }

  #call(order: Order): TemplateResult {
    const { door } = this.words;
    const note = (outcome: CallOutcome): void =>
      void this.#do(order, door.done(order.number), ({ client }) => client.call(noteCall, { params: { orderId: order.id }, body: { outcome }, idempotencyKey: newId('key') }));
    return html`<h3>${door.callTitle}</h3>
      <div class="choices list">
        ${callOutcomes.map((outcome) => html`<button class="button ${outcome === 'reached' ? 'primary' : ''} ${outcome === 'declined' ? 'danger' : ''}" type="button" ?disabled=${this.isBusy} @click=${() => note(outcome)}>${door.outcomes[outcome]}</button>`)}
      </div>`;
  }

  #choose(order: Order): TemplateResult {
    const { door } = this.words;
    return html`<h3>${door.courierTitle}</h3>
      <div class="choices list">
        ${this.couriers.map((courier) => html`<button class="button primary" type="button" ?disabled=${this.isBusy} @click=${() => this.#hand(order, courier.id)}>${icon('truck')}${courier.name}</button>`)}
        <button class="button" type="button" ?disabled=${this.isBusy} @click=${() => (this.step = 'courier')}>${icon('plus')}${door.newCourier}</button>
        <button class="button" type="button" ?disabled=${this.isBusy} @click=${() => void this.#do(order, door.done(order.number), ({ client }) => client.call(moveOrder, { params: { orderId: order.id }, body: { to: 'shipped' }, idempotencyKey: newId('key') }))}>${door.self}</button>
      </div>`;
  }

  #newCourier(order: Order): TemplateResult {
    const { couriers: words, back } = this.words;
    const submit = async (event: SubmitEvent): Promise<void> => {
      event.preventDefault();
      const form = new FormData(event.target as HTMLFormElement);
      const body = { name: String(form.get('name')).trim(), phone: String(form.get('phone') ?? '').trim() };
      if (body.name === '') return;
      const made = await this.act(({ client, sellerId }) => client.call(createCourier, { params: { sellerId }, body, idempotencyKey: newId('key') }), ({ name }) => words.added(name));
      if (made) this.#hand(order, made.id);
    };
    return html`<form class="stack" @submit=${submit}>
      <div class="field"><label for="name">${words.name}</label><input id="name" name="name" required maxlength="60" autocomplete="off" /></div>
      <div class="field"><label for="phone">${words.phone}</label><input id="phone" name="phone" type="tel" maxlength="24" autocomplete="off" /></div>
      <div class="do">
        <button class="button primary" type="submit" ?disabled=${this.isBusy}>${icon('check')}${words.add}</button>
        <button class="button" type="button" @click=${() => (this.step = 'choose')}>${back}</button>
      </div>
    </form>`;
  }

  #hand(order: Order, courierId: string): void {
    void this.#do(order, this.words.door.done(order.number), ({ client }) => client.call(handOver, { params: { orderId: order.id }, body: { courierId }, idempotencyKey: newId('key') }));
  }

  #atDoor(order: Order, openMinor: number): TemplateResult {
    const { door, back } = this.words;
    if (this.step === 'amount') return this.#amount(order, openMinor, door.noteCash);
    if (this.step === 'refused') {
      const note = (reason: RefusalReason): void =>
        void this.#do(order, door.done(order.number), ({ client }) => client.call(noteRefused, { params: { orderId: order.id }, body: { reason }, idempotencyKey: newId('key') }));
      return html`<h3>${door.why}</h3>
        <div class="choices list">
          ${refusalReasons.map((reason) => html`<button class="button" type="button" ?disabled=${this.isBusy} @click=${() => note(reason)}>${door.reasons[reason]}</button>`)}
          <button class="button quiet" type="button" @click=${() => (this.step = 'choose')}>${back}</button>
        </div>`;
    }
    const isCash = order.payment === 'cod' && openMinor > 0;
    return html`<h3>${door.atDoor}</h3>
      <div class="choices list">
        <button class="button primary" type="button" ?disabled=${this.isBusy} @click=${() => this.#deliver(order, undefined)}>${icon('check')}${isCash ? door.took(this.money(openMinor)) : door.deliveredPaid}</button>
        ${isCash ? html`<button class="button" type="button" ?disabled=${this.isBusy} @click=${() => (this.step = 'amount')}>${door.tookOther}</button>` : nothing}
        <button class="button danger" type="button" ?disabled=${this.isBusy} @click=${() => (this.step = 'refused')}>${icon('close')}${door.refused}</button>
      </div>`;
  }

  #amount(order: Order, openMinor: number, label: string): TemplateResult {
    const { door, back } = this.words;
    const submit = (event: SubmitEvent): void => {
      event.preventDefault();
      const input = (event.target as HTMLFormElement).elements.namedItem('amount') as HTMLInputElement;
      const amountMinor = readAmount(input.value, order.currency);
      if (amountMinor === null) input.focus();
      else this.#deliver(order, amountMinor);
    };
    return html`<form class="field" @submit=${submit}>
      <label for="amount">${door.amount}</label>
      <input id="amount" name="amount" inputmode="decimal" autocomplete="off" required .value=${shownAmount(openMinor, order.currency)} />
      <div class="do">
        <button class="button primary" type="submit" ?disabled=${this.isBusy}>${icon('check')}${label}</button>
        ${order.state === 'shipped' ? html`<button class="button" type="button" @click=${() => (this.step = 'choose')}>${back}</button>` : nothing}
      </div>
    </form>`;
  }

  #deliver(order: Order, collectedMinor: number | undefined): void {
    const body = collectedMinor === undefined ? {} : { collectedMinor };
    void this.#do(order, this.words.door.done(order.number), ({ client }) => client.call(noteDelivered, { params: { orderId: order.id }, body, idempotencyKey: newId('key') }));
  }

  async #do(order: Order, done: string, work: (room: MoneyRoom) => Promise<Outcome<Order>>): Promise<void> {
    const after = await this.act(work, () => done);
    this.asking = null;
    if (!after || order.id !== this.order?.id) return;
    this.order = after;
    this.dispatchEvent(new CustomEvent<Order>('door-done', { detail: after, bubbles: true, composed: true }));
  }
}
