// Owns the page of a day's money: claims that wait first, then what came, what is outside, step by step, and the ways on.
import { html, nothing, svg, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { MoneyOfTime, MoneyStep } from '../../server/protocol/cash.ts';
import { confirmPayment, exportMoney, readMoney, refuseClaim } from '../../server/protocol/endpoints.ts';
import { newId } from '../../server/protocol/new-id.ts';
import type { Outcome } from '../show/index.ts';
import { icon, type IconName } from '../ui/index.ts';
import { type Asking, type Claim, claimCard } from './claims.ts';
import { MoneyPart } from './money-part.ts';
import type { MoneyRoom } from './money-room.ts';

/** A claim that came while the page lies open is seen within this time. */
const LOOK_EVERY_MS = 10_000;

export class FieldcastMoneyDay extends MoneyPart {
  /** 0 is today, -1 yesterday. */
  @state() private dayOffset = 0;
  @state() private list: MoneyOfTime | null = null;
  @state() private asking: Asking = null;
  #looking: ReturnType<typeof setInterval> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#looking = setInterval(() => document.visibilityState === 'visible' && void this.load(), LOOK_EVERY_MS);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#looking);
  }

  protected override async read({ client, sellerId }: MoneyRoom): Promise<Outcome<unknown>> {
    const { dayOffset } = this;
    const outcome = await client.call(readMoney, { params: { sellerId }, query: this.#time() });
    if (outcome.ok && dayOffset === this.dayOffset) this.list = outcome.value;
    return outcome;
  }

  protected override page(): TemplateResult {
    const money = this.list;
    if (!money) return html``;
    const { day } = this.words;
    return html`<div class="frame wide">
      <h2 class="visually-hidden">${day.title}</h2>
      ${money.claims.length > 0 ? this.#claims(money.claims) : nothing} ${this.#sums(money)}
      <div class="stack">${this.#menu(money)}</div>
      ${this.#steps(money)}
    </div>`;
  }

  #claims(claims: MoneyOfTime['claims']): TemplateResult {
    const { day } = this.words;
    return html`<section class="stack whole" aria-labelledby="claims">
      <div>
        <h3 id="claims">${day.claims(claims.length)}</h3>
        <p class="soft">${day.claimsHint}</p>
      </div>
      ${repeat(
        claims,
        ({ orderId }) => orderId,
        (claim) =>
          claimCard({
            words: this.words,
            claim,
            amount: this.money(claim.amountMinor),
            waitedMinutes: Math.max(0, Math.floor((Date.now() - claim.claimedAt) / 60_000)),
            asking: this.asking,
            isBusy: this.isBusy,
            onAsk: (asking) => (this.asking = asking),
            onAnswer: (answer) => void this.#answer(claim, answer),
          }),
      )}
    </section>`;
  }

  #sums(money: MoneyOfTime): TemplateResult {
    const { day, ways } = this.words;
    const came = money.ways.reduce((sum, way) => sum + way.inMinor, 0);
    const back = money.ways.reduce((sum, way) => sum + way.backMinor, 0);
    return html`<section class="card" aria-labelledby="came">
      <div class="dates">
        <button class="icon-button" type="button" aria-label=${this.words.earlier} @click=${() => this.#go(this.dayOffset - 1)}>${icon('back')}</button>
        <h3>${this.#dayName()}</h3>
        <button class="icon-button" type="button" aria-label=${this.words.later} ?disabled=${this.dayOffset === 0} @click=${() => this.#go(this.dayOffset + 1)}>${icon('forward')}</button>
      </div>
      <p id="came"><span class="soft">${day.came}</span><br /><b class="amount">${this.money(came)}</b></p>
      <dl class="sums">
        ${money.ways.map((way) => html`<div><dt>${ways[way.method]}</dt><dd>${this.money(way.inMinor)}</dd></div>`)}
        ${back < 0 ? html`<div><dt>${day.wentBack}</dt><dd>${this.money(back)}</dd></div>` : nothing}
      </dl>
      <dl class="three" aria-label=${day.orders}>
        ${([['begun', money.begun], ['sure', money.confirmed], ['paid', money.paid]] as const).map(
          ([name, { count, amountMinor }]) => html`<div><dt>${day[name]}</dt><dd><b>${this.localize.number(count)}</b>${this.money(amountMinor)}</dd></div>`,
        )}
      </dl>
    </section>`;
  }

  #menu({ outside }: MoneyOfTime): TemplateResult {
    const { pages, day } = this.words;
    const owed = outside.withCouriersMinor;
    const entry = (page: 'ways' | 'delivery' | 'couriers' | 'refusals', sign: IconName, hint: string): TemplateResult =>
      html`<li>
        <button type="button" @click=${() => this.dispatchEvent(new CustomEvent('money-open', { detail: page, bubbles: true, composed: true }))}>
          ${icon(sign)}<span class="grow"><strong>${pages[page]}</strong><span class="soft">${hint}</span></span>${icon('forward')}
        </button>
      </li>`;
    return html`${outside.onTheRoadMinor > 0 || owed !== 0
        ? html`<dl class="card sums">
            <div><dt>${day.onTheRoad}</dt><dd>${this.money(outside.onTheRoadMinor)}</dd></div>
            <div><dt>${day.withCouriers}</dt><dd>${this.money(owed)}</dd></div>
          </dl>`
        : nothing}
      <ul class="menu">
        ${this.room?.session.role === 'helper' ? nothing : html`${entry('ways', 'edit', pages.waysHint)} ${entry('delivery', 'pin', pages.deliveryHint)}`} ${entry('couriers', 'truck', owed > 0 ? pages.couriersHint(this.money(owed)) : pages.couriersNone)}
        ${entry('refusals', 'undo', pages.refusalsHint)}
      </ul>`;
  }

  #steps(money: MoneyOfTime): TemplateResult {
    const { day } = this.words;
    return html`<section class="card" aria-labelledby="steps">
      <h3 id="steps">${day.steps}</h3>
      ${money.steps.length === 0
        ? html`<div class="empty">${icon('basket')}<h4>${day.nothing}</h4><p>${day.nothingHint}</p></div>`
        : html`<ul class="lines">
              ${money.steps.map((step) => this.#step(step))}
            </ul>
            <button class="button big" type="button" ?disabled=${this.isBusy} @click=${() => void this.#download()}>
              <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">${svg`<path d="M12 4v11M7 10.5l5 5 5-5M4.5 19.5h15"/>`}</svg>${day.download}
            </button>`}
    </section>`;
  }

  #step(step: MoneyStep): TemplateResult {
    const { words } = this;
    return html`<li>
      <time datetime=${new Date(step.at).toISOString()}>${this.clock(step.at)}</time>
      <span class="grow"
        ><span><b>${words.number(step.number)}</b> ${step.buyerName}</span
        ><span class="soft">${this.#nameOf(step)}${words.between}${words.ways[step.method]}${step.byName ? `${words.between}${step.byName}` : ''}${step.why ? `${words.between}${step.why}` : ''}</span></span
      >
      ${step.amountMinor === 0 ? nothing : html`<span class="sum ${step.amountMinor > 0 ? 'good' : ''}">${step.amountMinor > 0 ? '+' : ''}${this.money(step.amountMinor)}</span>`}
    </li>`;
  }

  /** What is still due after a step that moved money was paid in part, or taken back. */
  #nameOf({ to, amountMinor }: MoneyStep): string {
    const { day, steps } = this.words;
    if (to !== 'due' || amountMinor === 0) return steps[to];
    return amountMinor > 0 ? day.partly : day.takenBack;
  }

  async #answer(claim: Claim, answer: 'here' | 'not-here'): Promise<void> {
    const { day } = this.words;
    const endpoint = answer === 'here' ? confirmPayment : refuseClaim;
    const done = answer === 'here' ? day.confirmed(claim.number) : day.refused(claim.number);
    await this.act(({ client }) => client.call(endpoint, { params: { orderId: claim.orderId }, body: {}, idempotencyKey: newId('key') }), () => done);
    this.asking = null;
    await this.load();
  }

  async #download(): Promise<void> {
    const { room } = this;
    if (!room) return;
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    const file = await room.client.call(exportMoney, { params: { sellerId: room.sellerId }, query: { ...this.#time(), zone }, timeoutMs: 60_000 });
    if (!file.ok) {
      this.tell({ text: this.words.errors[file.error.code], isFault: true });
      return;
    }
    const url = URL.createObjectURL(file.value as Blob);
    const link = document.createElement('a');
    link.href = url;
    link.download = `money-${isoDay(this.#start())}.csv`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(url), 60_000);
  }

  #go(dayOffset: number): void {
    this.dayOffset = dayOffset;
    void this.load();
  }

  #start(offset = this.dayOffset): Date {
    const now = new Date();
    return new Date(now.getFullYear(), now.getMonth(), now.getDate() + offset);
  }

  /** The day as this phone has it: from midnight to midnight, also where a day has 23 hours. */
  #time(): { from: string; to: string } {
    return { from: String(this.#start().getTime()), to: String(this.#start(this.dayOffset + 1).getTime()) };
  }

  #dayName(): string {
    const date = this.localize.date(this.#start().getTime());
    if (this.dayOffset === 0) return `${this.words.today}${this.words.between}${date}`;
    return this.dayOffset === -1 ? `${this.words.yesterday}${this.words.between}${date}` : date;
  }
}

function isoDay(date: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
