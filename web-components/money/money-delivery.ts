// Owns the page where a seller says where goods are brought and what that costs: the areas, one of them being changed, and what a buyer would pay.
import { html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { AREA_LIMIT, type DeliveryArea, type DeliveryRules } from '../../server/protocol/delivery.ts';
import { deliveryOf } from '../../server/protocol/delivery-fee.ts';
import { changeDeliveryRules, readDeliveryRules } from '../../server/protocol/endpoints.ts';
import { deliveryText } from '../i18n/delivery-text.ts';
import { Localize } from '../i18n/index.ts';
import { productMessages } from '../i18n/product.ts';
import type { Outcome } from '../show/index.ts';
import { icon } from '../ui/index.ts';
import { readAmount } from './amount-field.ts';
import { type AreaDraft, areaOfDraft, blankArea, type DraftField, draftOf, feeKinds, placesOf } from './area-draft.ts';
import { MoneyPart } from './money-part.ts';
import type { MoneyRoom } from './money-room.ts';

/** `at` is null for a new one. */
interface Editing {
  at: number | null;
  draft: AreaDraft;
}

export class FieldcastMoneyDelivery extends MoneyPart {
  @state() private rules: DeliveryRules | null = null;
  @state() private editing: Editing | null = null;
  @state() private wrong: DraftField | null = null;
  /** What somebody would order, as it is tried. */
  @state() private town: string | null = null;
  @state() private goods = '100';
  @state() private kilos = '5';
  @state() private pieces = '1';
  readonly #product = new Localize(this, productMessages);

  protected override async read({ client, sellerId }: MoneyRoom): Promise<Outcome<unknown>> {
    const outcome = await client.call(readDeliveryRules, { params: { sellerId } });
    if (outcome.ok) this.rules = outcome.value;
    return outcome;
  }

  protected override page(): TemplateResult {
    const { rules, editing } = this;
    if (!rules) return html``;
    return html`<div class="stack">${editing ? this.#form(editing, rules) : this.#list(rules)} ${this.#trial(rules)}</div>`;
  }

  #list({ areas }: DeliveryRules): TemplateResult {
    const { delivery: words } = this.words;
    const hasElsewhere = areas.some((area) => area.words.length === 0);
    const add = (isElsewhere: boolean, label: string, isMain: boolean): TemplateResult =>
      html`<button class="button big ${isMain ? 'primary' : ''}" type="button" ?disabled=${this.isBusy} @click=${() => this.#open({ at: null, draft: blankArea(isElsewhere) })}>${icon('plus')}${label}</button>`;
    return html`
      <p class="soft">${areas.length === 0 ? words.noneYet : areas.length === 1 ? words.hintOne : words.hint}</p>
      ${areas.length === 0
        ? nothing
        : html`<ul class="menu areas">
            ${areas.map(
              (area, at) => html`<li class="row">
                <button type="button" ?disabled=${this.isBusy} @click=${() => this.#open({ at, draft: draftOf(area, this.#currency) })}>
                  ${icon('truck')}<span class="grow"><strong dir="auto">${area.name}</strong><span class="soft">${deliveryText(area, this.#currency, this.#product)}</span></span>${icon('edit')}
                </button>
                ${at > 0 && area.words.length > 0
                  ? html`<button class="icon-button up" type="button" ?disabled=${this.isBusy} aria-label=${words.moveUp(area.name)} @click=${() => void this.#moveUp(at)}>${icon('forward')}</button>`
                  : nothing}
              </li>`,
            )}
          </ul>`}
      ${areas.length > 0 && !hasElsewhere ? html`<p class="warning">${words.notElsewhere}</p>` : nothing}
      ${areas.length < AREA_LIMIT ? html`<div class="do">${add(false, words.addPlaces, areas.length === 0)} ${hasElsewhere ? nothing : add(true, areas.length === 0 ? words.addEverywhere : words.addElsewhere, areas.length > 0)}</div>` : nothing}
    `;
  }

  #form({ at, draft }: Editing, rules: DeliveryRules): TemplateResult {
    const { delivery: words, back } = this.words;
    const { by } = draft;
    const unit = this.#unit;
    return html`<form class="card" novalidate @submit=${(event: Event) => void this.#save(event)}>
      <h3 tabindex="-1">${draft.isElsewhere ? this.#elsewhere(rules) : at === null ? words.addPlaces : words.change}</h3>
      ${draft.isElsewhere
        ? nothing
        : html`<div class="field">
            <label for="places">${words.places}</label>
            <textarea id="places" rows="2" maxlength="1800" placeholder=${words.placesExample} aria-invalid=${this.#isWrong('places')} aria-describedby="places-hint" .value=${draft.places} @input=${this.#put('places')}></textarea>
            <span class="soft" id="places-hint">${words.placesHint}</span>
            ${this.#fault('places')}
          </div>`}
      <div class="field" role="group" aria-labelledby="fee">
        <span class="label" id="fee">${words.fee}</span>
        <div class="choices pairs">
          ${feeKinds.map((kind) => html`<button class="button" type="button" aria-pressed=${kind === by ? 'true' : 'false'} @click=${() => this.#change({ by: kind })}>${words.kinds[kind]}</button>`)}
        </div>
      </div>
      ${by === 'order' ? this.#field('firstFee', words.oneFee(unit), '8') : nothing}
      ${by === 'weight'
        ? html`<div class="halves">${this.#field('first', words.firstKilos, '1')} ${this.#field('firstFee', words.firstFee(unit), '8')}</div>
            <div class="halves">${this.#field('step', words.stepKilos, '1')} ${this.#field('stepFee', words.stepFee(unit), '2')}</div>
            ${this.#field('other', words.otherKilos, '1')}`
        : nothing}
      ${by === 'piece'
        ? html`<div class="halves">${this.#field('first', words.firstPieces, '1')} ${this.#field('firstFee', words.firstFee(unit), '8')}</div>
            ${this.#field('stepFee', words.pieceFee(unit), '2')}`
        : nothing}
      ${by === 'none'
        ? nothing
        : html`<div class="halves">${by === 'free' ? nothing : this.#field('freeFrom', words.freeFrom(unit), words.never)} ${this.#field('minimum', words.minimum(unit), words.noMinimum)}</div>`}
      <div class="do">
        <button class="button primary" type="submit" ?disabled=${this.isBusy}>${icon('check')}${words.save}</button>
        <button class="button" type="button" @click=${() => this.#close()}>${back}</button>
        ${at === null ? nothing : html`<button class="button danger" type="button" ?disabled=${this.isBusy} @click=${() => void this.#remove(at)}>${icon('trash')}${words.remove}</button>`}
      </div>
    </form>`;
  }

  #field(field: DraftField, label: string, example: string): TemplateResult {
    const draft = this.editing?.draft;
    return html`<div class="field">
      <label for=${field}>${label}</label>
      <input id=${field} inputmode="decimal" autocomplete="off" maxlength="12" placeholder=${example} aria-invalid=${this.#isWrong(field)} aria-describedby="${field}-fault" .value=${draft?.[field] ?? ''} @input=${this.#put(field)} />
      ${this.#fault(field)}
    </div>`;
  }

  #fault(field: DraftField): TemplateResult | typeof nothing {
    const { delivery: words } = this.words;
    return this.wrong === field ? html`<span class="fault" id="${field}-fault" role="alert">${field === 'places' ? words.needPlaces : words.needNumber}</span>` : nothing;
  }

  #isWrong(field: DraftField): 'true' | 'false' {
    return this.wrong === field ? 'true' : 'false';
  }

  /** With what is being typed, before it is saved: the server counts by the same function. */
  #trial(saved: DeliveryRules): TemplateResult {
    const { delivery: words } = this.words;
    const rules = this.#tried(saved);
    const kinds = new Set(rules.areas.map(({ fee }) => fee.by));
    // The place that is being typed, else the first there is.
    const town = this.town ?? (this.editing ? placesOf(this.editing.draft.places) : rules.areas[0]?.words)?.[0] ?? '';
    const input = (name: 'town' | 'goods' | 'kilos' | 'pieces', label: string, value: string, mode = 'decimal'): TemplateResult =>
      html`<div class="field"><label for="try-${name}">${label}</label><input id="try-${name}" autocomplete="off" maxlength="80" inputmode=${mode} .value=${value} @input=${(event: Event) => (this[name] = (event.target as HTMLInputElement).value)} /></div>`;
    return html`<section class="card" aria-labelledby="try">
      <h3 id="try">${words.trial}</h3>
      ${rules.areas.some((area) => area.words.length > 0) ? input('town', words.town, town, 'text') : nothing}
      <div class="halves">
        ${input('goods', words.goods(this.#unit), this.goods)} ${kinds.has('weight') ? input('kilos', words.kilos, this.kilos) : nothing} ${kinds.has('piece') ? input('pieces', words.pieces, this.pieces, 'numeric') : nothing}
      </div>
      <output class="told" for="try-town try-goods try-kilos try-pieces">${this.#answer(rules, town)}</output>
    </section>`;
  }

  #answer(rules: DeliveryRules, town: string): TemplateResult | string {
    const { delivery: words } = this.words;
    const goodsMinor = readAmount(this.goods, this.#currency);
    const kilos = Number(this.kilos.replace(',', '.'));
    const pieces = Number(this.pieces);
    if (goodsMinor === null || !(kilos > 0 && kilos < 100_000) || !(Number.isInteger(pieces) && pieces > 0)) return words.needNumber;
    const delivery = deliveryOf(rules, [{ unit: 'box', weightGrams: Math.round((kilos * 1_000) / pieces), quantity: pieces }], goodsMinor, town);
    if ('refusal' in delivery) {
      if (delivery.refusal === 'not-here') return html`<b class="no">${words.notHere}</b>`;
      return html`<b class="no">${words.tooLittle(this.money(delivery.missingMinor))}</b><span class="soft">${delivery.areaName}</span>`;
    }
    if (!delivery.isKnown) return words.needTown;
    const { feeMinor, areaName, freeInMinor } = delivery;
    return html`<b class="amount">${this.money(goodsMinor + feeMinor)}</b>
      <span>${feeMinor === 0 ? words.feeNone : words.feeIs(this.money(feeMinor))}</span>
      ${areaName === null || areaName === '' ? nothing : html`<span class="soft" dir="auto">${areaName}</span>`}
      ${freeInMinor === null ? nothing : html`<span class="soft">${words.freeIn(this.money(freeInMinor))}</span>`}`;
  }

  #tried(saved: DeliveryRules): DeliveryRules {
    const { editing } = this;
    if (!editing) return saved;
    const result = areaOfDraft(editing.draft, this.#terms(saved, editing));
    return 'area' in result ? { areas: placed(saved.areas, editing.at, result.area) } : saved;
  }

  get #currency(): MoneyRoom['currency'] {
    return this.room?.currency ?? 'CNY';
  }

  /** How people here write the currency. */
  get #unit(): string {
    if (this.#currency === 'CNY' && this.localize.locale === 'zh-CN') return '元';
    const parts = new Intl.NumberFormat(this.localize.locale, { style: 'currency', currency: this.#currency, currencyDisplay: 'narrowSymbol' }).formatToParts(1);
    return parts.find(({ type }) => type === 'currency')?.value ?? this.#currency;
  }

  #terms(rules: DeliveryRules, { at }: Editing): Parameters<typeof areaOfDraft>[1] {
    return { currency: this.#currency, elsewhere: this.#elsewhere(rules), before: at === null ? undefined : rules.areas[at] };
  }

  #elsewhere({ areas }: DeliveryRules): string {
    return areas.some((area) => area.words.length > 0) ? this.words.delivery.elsewhere : this.words.delivery.everywhere;
  }

  #put(field: DraftField) {
    return (event: Event): void => this.#change({ [field]: (event.target as HTMLInputElement).value });
  }

  #change(patch: Partial<AreaDraft>): void {
    if (!this.editing) return;
    this.editing = { ...this.editing, draft: { ...this.editing.draft, ...patch } };
    this.wrong = null;
  }

  #open(editing: Editing): void {
    this.editing = editing;
    this.wrong = null;
    void this.#focus('h3');
  }

  #close(): void {
    this.editing = null;
    this.wrong = null;
    void this.#focus('.areas button, .do .button');
  }

  async #focus(selector: string): Promise<void> {
    await this.updateComplete;
    const found = this.renderRoot.querySelector<HTMLElement>(selector);
    found?.focus();
    found?.scrollIntoView({ block: 'nearest' });
  }

  async #save(event: Event): Promise<void> {
    event.preventDefault();
    const { editing, rules } = this;
    if (!editing || !rules) return;
    const result = areaOfDraft(editing.draft, this.#terms(rules, editing));
    if ('wrong' in result) {
      this.wrong = result.wrong;
      await this.#focus(`#${result.wrong}`);
      return;
    }
    if (await this.#keep({ areas: placed(rules.areas, editing.at, result.area) }, this.words.delivery.saved)) this.#close();
  }

  async #remove(at: number): Promise<void> {
    const { rules } = this;
    const area = rules?.areas[at];
    if (rules && area && (await this.#keep({ areas: rules.areas.filter((_area, index) => index !== at) }, this.words.delivery.removed(area.name)))) this.#close();
  }

  async #moveUp(at: number): Promise<void> {
    const areas = [...(this.rules?.areas ?? [])];
    const [area] = areas.splice(at, 1);
    if (!area) return;
    areas.splice(at - 1, 0, area);
    await this.#keep({ areas }, this.words.delivery.moved(area.name));
  }

  async #keep(rules: DeliveryRules, done: string): Promise<boolean> {
    const before = this.rules;
    const put = async (room: MoneyRoom, to: DeliveryRules): Promise<Outcome<DeliveryRules>> => {
      const outcome = await room.client.call(changeDeliveryRules, { params: { sellerId: room.sellerId }, body: to });
      if (outcome.ok) this.rules = outcome.value;
      return outcome;
    };
    const { room } = this;
    const kept = await this.act(
      (here) => put(here, rules),
      () => done,
      () => async () => room !== null && before !== null && (await put(room, before)).ok,
    );
    return kept !== null;
  }
}

/** What is for everywhere else stays last: nothing after it would ever be tried. */
function placed(areas: readonly DeliveryArea[], at: number | null, area: DeliveryArea): DeliveryArea[] {
  if (at !== null) return areas.map((each, index) => (index === at ? area : each));
  const last = areas.at(-1);
  return last?.words.length === 0 ? [...areas.slice(0, -1), area, last] : [...areas, area];
}
