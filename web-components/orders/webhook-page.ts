// Owns how orders are told to the shop's own system: address, states, a test, and what was given up with the way to send it again.
import { html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { WebhookReport } from '../../server/protocol/desk.ts';
import { readWebhook, removeWebhook, resendWebhook, setWebhook, tryWebhook } from '../../server/protocol/endpoints.ts';
import { type OrderState, orderStates } from '../../server/protocol/order.ts';
import type { Outcome } from '../show/index.ts';
import { OrdersPage } from './desk-page.ts';
import type { DeskPage } from './room.ts';

const usualStates: readonly OrderState[] = ['placed', 'shipped', 'delivered', 'refused', 'cancelled'];

export class FieldcastOrdersWebhook extends OrdersPage {
  @property({ attribute: false }) sellerId = '';
  @state() private report: WebhookReport | null = null;
  @state() private secret: string | null = null;

  protected override async read({ room }: DeskPage): Promise<Outcome<unknown>> {
    const outcome = await room.client.call(readWebhook, { params: { sellerId: this.sellerId } });
    if (outcome.ok) this.report = outcome.value;
    return outcome;
  }

  protected override page(): TemplateResult {
    const { webhook: words, states, save } = this.words;
    const hook = this.report?.webhook ?? null;
    const tick = (name: string, value: string, label: string, isOn: boolean, hint = ''): TemplateResult =>
      html`<label class="tick-row"><input type="checkbox" name=${name} value=${value} .checked=${isOn} /><span>${label}${hint ? html`<br /><span class="soft">${hint}</span>` : nothing}</span></label>`;
    return html`<div class="stack">
      <p class="soft">${words.hint}</p>
      <form class="stack" @submit=${(event: SubmitEvent) => void this.#save(event)}>
        <div class="field"><label for="url">${words.url}</label><input id="url" name="url" type="url" required maxlength="500" placeholder="https://shop.example.org/fieldcast" .value=${hook?.url ?? ''} /></div>
        <fieldset class="card">
          <legend>${words.states}</legend>
          <div class="ticks">${orderStates.map((each) => tick('states', each, states[each], (hook?.states ?? usualStates).includes(each)))}</div>
        </fieldset>
        <fieldset class="card">${tick('isOn', 'on', words.isOn, hook?.isOn ?? true)} ${tick('own', 'on', words.own, hook?.allowsOwnNetwork ?? false, words.ownHint)}</fieldset>
        <button class="button primary wide" type="submit" ?disabled=${this.isBusy}>${save}</button>
      </form>
      ${this.secret ? html`<div class="field"><label for="secret">${words.secret}</label><input id="secret" readonly .value=${this.secret} @focus=${(event: Event) => (event.target as HTMLInputElement).select()} /></div>` : nothing}
      ${hook && this.report ? this.#state(this.report) : nothing}
    </div>`;
  }

  #state(report: WebhookReport): TemplateResult {
    const { webhook: words, states, number } = this.words;
    return html`
      <p>${report.sentAt === null ? words.neverSent : words.lastSent(this.localize.dateTime(report.sentAt))} · ${words.waiting(report.waiting)}</p>
      <div class="pair">
        <button class="button" type="button" ?disabled=${this.isBusy} @click=${() => void this.#test()}>${words.test}</button>
        <button class="button danger" type="button" ?disabled=${this.isBusy} @click=${() => void this.#remove()}>${words.remove}</button>
      </div>
      ${report.deadCount === 0
        ? nothing
        : html`<section class="card">
            <h3>${words.dead(report.deadCount)}</h3>
            <ul class="rows">
              ${report.dead.map(
                (each) => html`<li class="dead"><span><b>${number(each.orderNumber ?? 0)}</b> ${states[each.state]} <span class="soft">${this.localize.dateTime(each.at)} · ${words.tries(each.attempts)} · ${each.error}</span></span><button class="button" type="button" aria-label="${words.resend} ${number(each.orderNumber ?? 0)} ${states[each.state]}" @click=${() => void this.#resend([each.id])}>${words.resend}</button></li>`,
              )}
            </ul>
            <button class="button wide" type="button" @click=${() => void this.#resend()}>${words.resendAll}</button>
          </section>`}
    `;
  }

  async #save(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const form = new FormData(event.target as HTMLFormElement);
    const states = orderStates.filter((each) => form.getAll('states').includes(each));
    await this.#run(async ({ room }) => {
      const body = { url: String(form.get('url') ?? '').trim(), states, isOn: form.has('isOn'), allowsOwnNetwork: form.has('own') };
      const outcome = await room.client.call(setWebhook, { params: { sellerId: this.sellerId }, body });
      if (outcome.ok) this.secret = outcome.value.secret;
      this.settled(outcome, this.words.saved);
    });
  }

  #test(): Promise<void> {
    return this.#run(async ({ room, tell }) => {
      const { webhook: words, errors } = this.words;
      const outcome = await room.client.call(tryWebhook, { params: { sellerId: this.sellerId }, body: {}, timeoutMs: 20_000 });
      if (!outcome.ok) tell({ text: errors[outcome.error.code], isFault: true });
      else tell(outcome.value.isTaken ? { text: words.taken } : { text: words.notTaken(outcome.value.error), isFault: true });
    });
  }

  #remove(): Promise<void> {
    return this.#run(async ({ room }) => {
      this.secret = null;
      this.settled(await room.client.call(removeWebhook, { params: { sellerId: this.sellerId } }), this.words.webhook.removed);
    });
  }

  #resend(ids?: number[]): Promise<void> {
    return this.#run(async ({ room }) => {
      const outcome = await room.client.call(resendWebhook, { params: { sellerId: this.sellerId }, body: ids ? { ids } : {} });
      this.settled(outcome, outcome.ok ? this.words.webhook.resent(outcome.value.count) : '');
    });
  }

  async #run(work: (desk: DeskPage) => Promise<void>): Promise<void> {
    if (!this.desk || this.isBusy) return;
    this.isBusy = true;
    await work(this.desk);
    this.isBusy = false;
    await this.load();
  }
}
