// Owns money on its way back from one order: giving back all or a part, and the word that a problem with its money is dealt with.
import { html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { listPaymentProblems, refundPayment, settlePaymentProblem } from '../../server/protocol/endpoints.ts';
import { newId } from '../../server/protocol/new-id.ts';
import type { Order } from '../../server/protocol/order.ts';
import type { PaymentProblem } from '../../server/protocol/payments.ts';
import { type Outcome, success } from '../show/index.ts';
import { icon } from '../ui/index.ts';
import { readAmount, shownAmount } from './amount-field.ts';
import { MoneyPart } from './money-part.ts';
import type { MoneyRoom } from './money-room.ts';

/** Problems of one seller that nobody has dealt with are few; those of one order are one or two. */
type Problem = Pick<PaymentProblem, 'id' | 'kind' | 'gatewayRef'>;

/** What of an order's money is here and can go back. */
export function leftMinor({ money }: Pick<Order, 'money'>): number {
  const isHere = money.state === 'paid' || money.state === 'part-refunded';
  return isHere ? money.paidMinor - money.refundedMinor - money.refundingMinor : 0;
}

/**
 * Gives money of one order back, and settles what about it needs a person. Draws nothing where there is neither.
 *
 * @tag fieldcast-payback
 * @prop {MoneyRoom | null} room - A connection, and whose order it is.
 * @prop {Order | null} order - The order as it is now.
 * @fires {CustomEvent<Order>} door-done - It was done; the order as it is then.
 */
export class FieldcastPayback extends MoneyPart {
  @property({ attribute: false }) order: Order | null = null;
  @state() private problems: readonly Problem[] = [];
  /** Asked once more: money that is sent does not come back. */
  @state() private asking: { amountMinor: number; note: string; key: string } | null = null;

  protected override async read({ client }: MoneyRoom): Promise<Outcome<unknown>> {
    const { order } = this;
    if (!order?.money.problem) return success(null);
    const outcome = await client.call(listPaymentProblems, {});
    if (outcome.ok) this.problems = outcome.value.problems.filter(({ orderId }) => orderId === order.id);
    return outcome;
  }

  protected override page(): TemplateResult {
    const { order } = this;
    if (!order) return html``;
    return html`<div class="stack">${this.problems.map((problem) => this.#problem(order, problem))} ${leftMinor(order) > 0 ? (this.asking ? this.#sure(order, this.asking) : this.#form(order)) : nothing}</div>`;
  }

  #problem(order: Order, { id, kind, gatewayRef }: Problem): TemplateResult {
    const { payback: words } = this.words;
    const settle = async (event: SubmitEvent): Promise<void> => {
      event.preventDefault();
      const note = String(new FormData(event.target as HTMLFormElement).get('note') ?? '').trim();
      const done = await this.act(
        async ({ client }) => {
          const outcome = await client.call(settlePaymentProblem, { params: { problemId: id }, body: { note } });
          return outcome.ok ? success(order) : outcome;
        },
        () => words.settled(order.number),
      );
      if (done) this.#done(order);
    };
    return html`<form class="card warm stack" @submit=${settle}>
      <p><strong>${words.kinds[kind]}</strong></p>
      <p class="soft">${words.hints[kind]}</p>
      ${gatewayRef ? html`<p class="soft">${words.reference} <span class="mark">${gatewayRef}</span></p>` : nothing}
      <div class="field"><label for="note-${id}">${words.whatWasDone}</label><input id="note-${id}" name="note" maxlength="200" autocomplete="off" /></div>
      <button class="button big" type="submit" ?disabled=${this.isBusy}>${icon('check')}${words.settle}</button>
    </form>`;
  }

  #form(order: Order): TemplateResult {
    const { payback: words } = this.words;
    const most = leftMinor(order);
    const submit = (event: SubmitEvent): void => {
      event.preventDefault();
      const form = event.target as HTMLFormElement;
      const input = form.elements.namedItem('amount') as HTMLInputElement;
      const amountMinor = readAmount(input.value, order.currency);
      if (amountMinor === null || amountMinor < 1 || amountMinor > most) input.focus();
      else this.asking = { amountMinor, note: String(new FormData(form).get('why') ?? '').trim(), key: newId('key') };
    };
    return html`<form class="stack" @submit=${submit}>
      <p class="soft">${order.payment === 'stripe' ? words.byItself : words.byHand}</p>
      <div class="field">
        <label for="amount">${words.amount(this.money(most))}</label>
        <input id="amount" name="amount" inputmode="decimal" autocomplete="off" required .value=${shownAmount(most, order.currency)} />
      </div>
      <div class="field"><label for="why">${words.why}</label><input id="why" name="why" maxlength="200" autocomplete="off" /></div>
      <button class="button primary big" type="submit" ?disabled=${this.isBusy}>${icon('undo')}${words.give}</button>
    </form>`;
  }

  #sure(order: Order, { amountMinor, note, key }: { amountMinor: number; note: string; key: string }): TemplateResult {
    const { payback: words, back } = this.words;
    const amount = this.money(amountMinor);
    const give = async (): Promise<void> => {
      const after = await this.act(
        ({ client }) => client.call(refundPayment, { params: { orderId: order.id }, body: { amountMinor, note }, idempotencyKey: key, timeoutMs: 20_000 }),
        ({ money }) => (money.refundingMinor > 0 ? words.onItsWay(amount) : words.given(amount)),
      );
      if (after) this.#done(after);
    };
    return html`<div class="stack" role="group" aria-label=${words.sure(amount)}>
      <p><strong>${words.sure(amount)}</strong></p>
      <p class="soft">${order.payment === 'stripe' ? words.sureCard : words.sureHand}</p>
      <button class="button big" type="button" ?disabled=${this.isBusy} @click=${() => (this.asking = null)}>${back}</button>
      <button class="button danger big" type="button" ?disabled=${this.isBusy} @click=${() => void give()}>${icon('undo')}${order.payment === 'stripe' ? words.yes(amount) : words.yesHand(amount)}</button>
    </div>`;
  }

  #done(order: Order): void {
    this.asking = null;
    this.dispatchEvent(new CustomEvent<Order>('door-done', { detail: order, bubbles: true, composed: true }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fieldcast-payback': FieldcastPayback;
  }
}
